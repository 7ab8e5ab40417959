import { describe, expect, test } from 'vitest';
import { Refused } from '../protocol.ts';
import { bulk } from './bulk.ts';
import { answerOf, received, rowsOf, takenOf } from './exchange.fixture.ts';

const lines = (...rows: unknown[]) =>
  rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
const take = (entity: string, body: string, type?: string) =>
  takenOf(bulk, `/collect/${entity}`, {
    body,
    headers: { authorization: 'Bearer k1', ...(type !== undefined && { 'content-type': type }) },
  });
const rowsFor = (entity: string, body: string) => rowsOf(bulk, take(entity, body));
const refusal = (entity: string, body: string) => {
  try {
    return answerOf(bulk, `/collect/${entity}`, { body }).kind;
  } catch (error) {
    return error instanceof Refused ? error.refusal : error;
  }
};
const reportOf = (entity: string, body: string) => JSON.parse(String(take(entity, body).reply.body)) as unknown;

const event = { event_time: '2026-03-01 08:00:00', behavior: 'pay', id_user: 'u1' };

describe('rows in bulk', () => {
  test.each<[string, unknown, object]>([
    [
      'texts, numbers and flags as they stand, the rest as props',
      { ...event, event_id: 'e1', amount: 129.5, quantity: 2, keyword: true, colour: 'red', deep: { a: { b: 1 } } },
      {
        cells: { ...event, event_id: 'e1', amount: '129.5', quantity: '2', keyword: 'true' },
        props: { colour: 'red', 'deep.a.b': '1', received_time: String(received) },
      },
    ],
    ['an id from its place where it has none', event, { cells: { ...event, event_id: '7.0.1' } }],
    [
      'an id beyond 2^53 with all its digits',
      `{"event_time":1772323200000,"behavior":"pv","id_user":9007199254740993,"order_id":18446744073709551616}`,
      { cells: { id_user: '9007199254740993', order_id: '18446744073709551616', event_time: '1772323200000' } },
    ],
    [
      'several identifiers of a type',
      { ...event, id_user: ['u1', 'u2', 'u1'], ' ID_Phone': 13800000000 },
      { cells: { id_user: 'u1', 'id_user#2': 'u2', id_phone: '13800000000' } },
    ],
    [
      'a field of any name',
      '{"id_user":"u","__proto__":{"a":1},"constructor":2}',
      { props: { '__proto__.a': '1', constructor: '2' } },
    ],
    ['lists joined by |', { ...event, keyword: ['a', 1, null] }, { cells: { keyword: 'a|1|' } }],
    ['nothing for what is absent', { ...event, brand: null }, { cells: { brand: '' } }],
    [
      'whatever is no identifier for nobody',
      { ...event, id_user: 'u1', id_other: { a: 1 } },
      { cells: { id_user: 'u1' } },
    ],
  ])('a row keeps %s', (_, row, expected) => {
    expect(rowsFor('events', lines(row))[0]).toMatchObject({ entity: 'events', ...expected });
  });

  test('a prop that tells a person is dropped', () => {
    const [row] = rowsFor(
      'events',
      lines({ ...event, id_email: 'an@example.cn', email: 'an@example.cn', ip: '10.0.0.1' }),
    );
    expect(row).toMatchObject({ cells: { id_email: 'an@example.cn' }, props: { received_time: String(received) } });
    expect(JSON.stringify(row && 'props' in row && row.props)).not.toMatch(/example|10\.0/);
  });

  test('lines of an order without names of their own are named by item, the same each time', () => {
    const line = (order_id: string, item_id: string) => ({
      order_id,
      item_id,
      order_time: '2026-03-01',
      amount: 1,
      id_user: 'u',
    });
    const body = lines(line('o1', 'a'), line('o1', 'a'), line('o1', 'b'), line('o2', 'a'), {
      ...line('o2', 'c'),
      line_id: 9,
    });
    const names = rowsFor('orders', body).map((row) => 'entity' in row && row.cells.line_id);
    expect(names).toEqual(['a#1', 'a#2', 'b#1', 'a#1', '9']);
  });

  test('a review without a name gets one, an item needs nobody', () => {
    expect(rowsFor('reviews', lines({ review_time: '2026-03-01', id_user: 'u' }))[0]).toMatchObject({
      cells: { review_id: '7.0.1' },
    });
    expect(rowsFor('items', lines({ item_id: 1, skin: 'dry' }))).toEqual([
      { entity: 'items', cells: { item_id: '1' }, props: { skin: 'dry' } },
    ]);
  });
});

describe('bulk at the door', () => {
  test('the reply tells every row that plainly cannot be taken, and all are kept', () => {
    const body = lines(event, '{"a":', 7, { behavior: 'pay', id_user: 'u' }, '', { ...event, id_user: ' ' });
    expect(reportOf('events', body)).toEqual({
      taken: 1,
      rejected: [
        { row: 2, column: '', reason: 'json' },
        { row: 3, column: '', reason: 'shape' },
        { row: 4, column: 'event_time', reason: 'missing' },
        { row: 6, column: 'id_', reason: 'no_identifier' },
      ],
    });
    expect(take('events', body)).toMatchObject({
      key: 'k1',
      events: 5,
      body: Buffer.from(body),
      reply: { status: 200 },
    });
    const rows = rowsFor('events', body);
    expect(rows.map((row) => ('unreadable' in row ? row : row.cells.event_id))).toEqual([
      '7.0.1',
      { unreadable: 'json', raw: '{"a":' },
      { unreadable: 'shape', raw: '7' },
      '7.0.4',
      '7.0.6',
    ]);
  });

  test('a list is told by its places, and what is no object in it is kept', () => {
    const body = JSON.stringify([event, [1], null, 'x']);
    expect(reportOf('events', body)).toMatchObject({ taken: 1, rejected: [{ row: 2 }, { row: 3 }, { row: 4 }] });
    expect(rowsFor('events', body).slice(1)).toEqual([
      { unreadable: 'shape', raw: '[1]' },
      { unreadable: 'shape', raw: 'null' },
      { unreadable: 'shape', raw: '"x"' },
    ]);
  });

  test('lines may begin with a byte order mark and end with a carriage return', () => {
    expect(reportOf('events', `\ufeff${JSON.stringify(event)}\r\n${JSON.stringify(event)}\r\n`)).toEqual({
      taken: 2,
      rejected: [],
    });
  });

  test('a line that is a list is a row with a fault where the client says lines', () => {
    const { reply } = take('events', '[1]\n[2]', 'application/x-ndjson');
    expect(JSON.parse(String(reply.body))).toMatchObject({ taken: 0, rejected: [{ row: 1 }, { row: 2 }] });
  });

  test.each([
    ['events', '', 'taken'],
    ['events', '[]', 'taken'],
    ['events', '[{]', 'json'],
    ['events', '{}\n'.repeat(10_000), 'taken'],
    ['events', '{}\n'.repeat(10_001), 'too_many'],
    ['order_heads', '{}', 'shape'],
    ['other', '{}', 'shape'],
    ['Events', '{}', 'shape'],
    ['__proto__', '{}', 'shape'],
    ['constructor', '{}', 'shape'],
    ['..%2f..%2fetc', '{}', 'shape'],
    ["events'--", '{}', 'shape'],
  ])('%s with %.10s is %s', (entity, body, expected) => {
    expect(refusal(entity, body)).toBe(expected);
  });

  test('a list nested beyond all measure is a row with a fault, not a crash', () => {
    const body = `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
    expect(reportOf('events', body)).toMatchObject({ taken: 0, rejected: [{ row: 1, reason: 'shape' }] });
    expect(rowsFor('events', body)).toEqual([{ unreadable: 'shape', raw: '(nested too deep to be shown)' }]);
  });
});
