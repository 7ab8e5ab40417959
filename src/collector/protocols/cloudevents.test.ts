import { describe, expect, test } from 'vitest';
import { words } from '../vocabulary.ts';
import { cloudevents } from './cloudevents.ts';
import { onlyRow, received, rowsOf, takenOf } from './exchange.fixture.ts';

const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };
const binary = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/erp', 'ce-type': 'order.paid' };

const take = (headers: Record<string, string>, body: string | Buffer, query = '?key=k1') =>
  takenOf(cloudevents, `/cloudevents${query}`, { headers, body });
const event = {
  specversion: '1.0',
  id: '1',
  source: '/erp',
  type: 'cn.acme.stockCounted',
  time: '2026-02-28T23:00:00.250+08:00',
  subject: 'T1',
  data: { id_member: 'm1', order_id: 'T1', amount: 12.5, colour: 'red', lines: [{ a: 1 }] },
};
const rowOf = (value: object) => onlyRow(rowsOf(cloudevents, take(structured, JSON.stringify(value)), words));

describe('CloudEvents as rows', () => {
  test('columns of the contract are cells, all the rest is props', () => {
    expect(rowOf(event)).toEqual({
      entity: 'events',
      cells: {
        event_id: '/erp 1',
        event_time: String(Date.UTC(2026, 1, 28, 15, 0, 0, 250)),
        behavior: 'cn_acme_stock_counted',
        id_member: 'm1',
        order_id: 'T1',
        amount: '12.5',
      },
      props: {
        subject: 'T1',
        source: '/erp',
        type: 'cn.acme.stockCounted',
        colour: 'red',
        lines: '[{"a":1}]',
        received_time: String(received),
      },
    });
  });

  test.each<[string, object, object]>([
    ['a type of the vocabulary has its behaviour', { type: 'add_to_cart' }, { cells: { behavior: 'cart' } }],
    ['without a time it is when it was received', { time: undefined }, { cells: { event_time: String(received) } }],
    ['a time that is none stays for the intake to refuse', { time: 'soon' }, { cells: { event_time: 'soon' } }],
    ['data that is no object is a prop', { data: ['a', 1] }, { props: { data: '["a",1]' } }],
    [
      'data in base64 that is JSON is read',
      { data: undefined, data_base64: 'eyJpZF91c2VyIjoidTEifQ==' },
      { cells: { id_user: 'u1' } },
    ],
    ['data in base64 that is none stays', { data: undefined, data_base64: '//79' }, { props: { data: '//79' } }],
    [
      'a field called like an attribute does not hide it',
      { data: { source: 'app' } },
      { props: { source: 'app', 'ce.source': '/erp' } },
    ],
    ['an extension is a prop', { traceparent: '00-ab' }, { props: { traceparent: '00-ab' } }],
    ['a source in other letters', { source: '门店 😀' }, { cells: { event_id: '门店 😀 1' } }],
  ])('%s', (_, change, expected) => {
    expect(rowOf({ ...event, ...change })).toMatchObject(expected);
  });

  test('a purchase with products is a row a product', () => {
    const products = [
      { item_id: 'a', price: 2 },
      { item_id: 'b', price: 1 },
    ];
    const data = { id_user: 'u', order_id: 'T', total: 1, products };
    const rows = rowsOf(cloudevents, take(structured, JSON.stringify({ ...event, type: 'purchase', data })), words);
    expect(rows.map((row) => 'cells' in row && [row.cells.event_id, row.cells.item_id, row.cells.amount])).toEqual([
      ['/erp 1#1', 'a', '0.67'],
      ['/erp 1#2', 'b', '0.33'],
    ]);
  });

  test.each<[string, Record<string, string>, string | Buffer, object]>([
    ['as JSON', { 'content-type': 'application/json' }, '{"id_user":"u1"}', { cells: { id_user: 'u1' } }],
    ['without a content type', {}, '{"id_user":"u1"}', { cells: { id_user: 'u1' } }],
    ['as text', { 'content-type': 'text/plain' }, 'hello', { props: { data: 'hello' } }],
    ['as bytes', { 'content-type': 'image/png' }, Buffer.from([0xff, 0xfe, 0xfd]), { props: { data: '//79' } }],
    ['absent', {}, '', { cells: { event_id: '/erp 1' } }],
  ])('in headers, with data %s', (_, headers, body, expected) => {
    expect(onlyRow(rowsOf(cloudevents, take({ ...binary, ...headers }, body), words))).toMatchObject(expected);
  });

  test('header values are percent-encoded or in quotes, and extensions are kept', () => {
    const headers = {
      ...binary,
      'ce-subject': '%E9%9D%A2%E9%9C%9C 100%',
      'ce-note': '"a \\"b\\""',
      'ce-store': '%E9%9D%A2',
    };
    expect(onlyRow(rowsOf(cloudevents, take(headers, ''), words)).props).toMatchObject({
      subject: '面霜 100%',
      note: 'a "b"',
      store: '面',
    });
  });
});

describe('CloudEvents at the door', () => {
  test('a batch tells its faults and keeps them for rejects', () => {
    const { id: _, ...nameless } = event;
    const taken = take(batch, JSON.stringify([event, nameless, 7]));
    expect(taken).toMatchObject({ key: 'k1', events: 3, reply: { status: 202 } });
    expect(JSON.parse(String(taken.reply.body))).toEqual({
      taken: 1,
      rejected: [
        { event: 1, reason: 'shape' },
        { event: 2, reason: 'shape' },
      ],
    });
    expect(rowsOf(cloudevents, taken, words).slice(1)).toEqual([
      { unreadable: 'shape', raw: JSON.stringify(nameless) },
      { unreadable: 'shape', raw: '7' },
    ]);
  });

  test('the key may stand in the Authorization header, and is not kept', () => {
    const taken = take({ ...binary, authorization: 'Bearer k9' }, '{}', '');
    expect(taken.key).toBe('k9');
    expect(JSON.stringify(taken.head)).not.toContain('k9');
  });

  test.each<[string, Record<string, string>, string, string]>([
    ['an empty body', structured, '', 'json'],
    ['a batch that is no list', batch, '{}', 'shape'],
    ['a list that is no batch', structured, '[]', 'shape'],
    ['an event without a source', structured, JSON.stringify({ ...event, source: '' }), 'shape'],
    ['an event of version 0.3', structured, JSON.stringify({ ...event, specversion: '0.3' }), 'shape'],
    ['headers without an id', { 'ce-type': 'a', 'ce-source': 'b', 'ce-specversion': '1.0' }, '{}', 'shape'],
    ['JSON that is none', { ...binary, 'content-type': 'application/json' }, '{', 'json'],
    ['another format', { 'content-type': 'application/cloudevents+avro' }, 'x', 'shape'],
    ['too many events', batch, `[${'1,'.repeat(10_000)}1]`, 'too_many'],
  ])('%s is refused', (_, headers, body, refusal) => {
    expect(() => take(headers, body)).toThrow(expect.objectContaining({ refusal }));
  });

  test('an empty batch keeps nothing', () => {
    expect(take(batch, '[]')).toMatchObject({ events: 0, reply: { status: 202 } });
  });
});
