import { describe, expect, test } from 'vitest';
import { Refused } from '../protocol.ts';
import { words } from '../vocabulary.ts';
import { answerOf, onlyRow, received, rowsOf, takenOf } from './exchange.fixture.ts';
import { ga4 } from './ga4.ts';

const address = '/mp/collect?measurement_id=G-1&api_secret=k1';
const send = (body: unknown) => takenOf(ga4, address, { body: JSON.stringify(body) });
const rowsFor = (body: unknown) => rowsOf(ga4, send(body), words);
/** Cells of an event with these params, without its id, time and client. */
const cellsOf = (name: string, params: object) =>
  rowsFor({ client_id: 'c.1', events: [{ name, params }] }).map((row) => {
    if (!('entity' in row)) throw new Error(row.raw);
    const { event_time: _, id_anonymous: __, ...cells } = row.cells;
    return cells;
  });
const refusal = (body: string) => {
  try {
    takenOf(ga4, address, { body });
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.refusal : error;
  }
};

describe('GA4 events as rows', () => {
  test('an event has its client, its time from microseconds, its words and the rest as props', () => {
    const row = onlyRow(
      rowsFor({
        client_id: 'c.1',
        user_id: 'u1',
        timestamp_micros: '1772323100123456',
        consent: { ad_user_data: 'GRANTED', ad_personalization: 'DENIED' },
        non_personalized_ads: false,
        events: [
          { name: 'search', params: { search_term: '面霜 😀', session_id: 17, source: 'baidu', medium: 'cpc' } },
        ],
      }),
    );
    expect(row).toEqual({
      entity: 'events',
      cells: {
        event_id: '7.0.0',
        event_time: '1772323100123',
        behavior: 'search',
        id_user: 'u1',
        id_anonymous: 'c.1',
        channel: 'baidu',
        keyword: '面霜 😀',
      },
      props: {
        session_id: '17',
        source: 'baidu',
        medium: 'cpc',
        measurement_id: 'G-1',
        non_personalized_ads: 'false',
        'consent.ad_user_data': 'granted',
        'consent.ad_personalization': 'denied',
        received_time: String(received),
      },
    });
  });

  test.each([
    ['the time of the event goes before that of the request', 1772323100000000, 1772323000000000, '1772323100000'],
    ['an event older than 72 hours is taken', 1672323100000000, undefined, '1672323100000'],
    ['without a time it is when it was received', undefined, undefined, String(received)],
  ])('%s', (_, own, whole, time) => {
    const body = { client_id: 'c', timestamp_micros: whole, events: [{ name: 'scroll', timestamp_micros: own }] };
    expect(onlyRow(rowsFor(body)).cells.event_time).toBe(time);
  });

  const cream = { item_id: 'i1', item_name: 'Cream', item_brand: 'B', price: 10, quantity: 2 };
  const soap = { item_id: 'i2', item_category: 'Care', item_category2: 'Soap', price: '5.00' };

  test.each<[string, string, object, object[]]>([
    [
      'a purchase is a row an item, its value shared by price to the last cent',
      'purchase',
      { transaction_id: 'T1', value: 20, items: [cream, soap] },
      [
        { event_id: 'purchase c.1 T1#1', item_id: 'i1', brand: 'B', quantity: '2', amount: '16.00', order_id: 'T1' },
        { event_id: 'purchase c.1 T1#2', item_id: 'i2', category_id: 'Care/Soap', amount: '4.00', order_id: 'T1' },
      ].map((cells) => ({ behavior: 'pay', ...cells })),
    ],
    [
      'a purchase without a value is what its items cost',
      'purchase',
      { items: [cream, soap] },
      [
        { behavior: 'pay', event_id: '7.0.0#1', item_id: 'i1', brand: 'B', quantity: '2', amount: '20.00' },
        { behavior: 'pay', event_id: '7.0.0#2', item_id: 'i2', category_id: 'Care/Soap', amount: '5.00' },
      ],
    ],
    [
      'a purchase without items is one row',
      'purchase',
      { transaction_id: 'T2', value: '9.9' },
      [{ event_id: 'purchase c.1 T2', behavior: 'pay', amount: '9.90', order_id: 'T2' }],
    ],
    [
      'a refund without items is of the whole order',
      'refund',
      { transaction_id: 'T1', value: 20 },
      [{ event_id: '7.0.0', behavior: 'refund', amount: '20.00', order_id: 'T1' }],
    ],
    [
      'a refund of items is of a part',
      'refund',
      { transaction_id: 'T1', value: 5, items: [soap] },
      [{ event_id: '7.0.0', behavior: 'refund_partial', amount: '5.00', order_id: 'T1' }],
    ],
    [
      'items put into the cart are rows of their own',
      'add_to_cart',
      { value: 25, items: [cream, soap] },
      [
        { event_id: '7.0.0#1', behavior: 'cart', item_id: 'i1', brand: 'B', quantity: '2' },
        { event_id: '7.0.0#2', behavior: 'cart', item_id: 'i2', category_id: 'Care/Soap' },
      ],
    ],
    [
      'the value of one item seen stays its value',
      'view_item',
      { value: 10, items: [{ item_id: 'i1' }] },
      [{ event_id: '7.0.0', behavior: 'item_view', item_id: 'i1', value: '10' }],
    ],
    [
      'a list seen is one row',
      'view_item_list',
      { item_list_name: 'new', items: [cream, soap] },
      [{ event_id: '7.0.0', behavior: 'impression' }],
    ],
    ['an unknown name stays', 'Skin_Test_Done', { score: 7 }, [{ event_id: '7.0.0', behavior: 'skin_test_done' }]],
    ['a name of objects is a name', 'constructor', {}, [{ event_id: '7.0.0', behavior: 'constructor' }]],
  ])('%s', (_, name, params, expected) => {
    expect(cellsOf(name, params)).toEqual(expected);
  });

  test('user properties make a profile, and what tells who it is never lies in props', () => {
    const rows = rowsFor({
      app_instance_id: 'a1',
      user_properties: { gender: { value: 'female' }, tier: { value: 'gold' }, email: { value: 'An@x.cn' } },
      user_data: { sha256_email_address: ['973dfe'], address: { city: 'Hangzhou' } },
      ip_override: '10.0.0.1',
      events: [{ name: 'login', params: { email: 'an@x.cn', method: 'sms' } }],
    });
    const ids = { id_anonymous: 'a1', id_email: 'An@x.cn' };
    expect(rows[0]).toMatchObject({
      cells: { behavior: 'login', ...ids },
      props: { method: 'sms', 'user_properties.tier': 'gold' },
    });
    expect(rows[1]).toEqual({ entity: 'consumers', cells: { ...ids, gender: 'f' }, props: { tier: 'gold' } });
    expect(JSON.stringify(rows.map((row) => 'props' in row && row.props))).not.toMatch(/x\.cn|973dfe|10\.0|Hangzhou/);
  });

  test('an order number beyond 2^53 keeps its digits', () => {
    const body = `{"client_id":"c","events":[{"name":"purchase","params":{"transaction_id":1234567890123456789,"note":"\\"id\\": 12345678901234567890"}}]}`;
    const row = onlyRow(rowsOf(ga4, takenOf(ga4, address, { body }), words));
    expect(row.cells.order_id).toBe('1234567890123456789');
    expect(row.props.note).toBe('"id": 12345678901234567890');
  });

  test('an event that is none goes to rejects, the others are taken', () => {
    const rows = rowsFor({ client_id: 'c', events: [{ name: 'scroll' }, 5, { params: {} }] });
    expect(rows.slice(1)).toEqual([
      { unreadable: 'shape', raw: '5' },
      { unreadable: 'shape', raw: '{"params":{}}' },
    ]);
  });
});

describe('GA4 at the door', () => {
  test('the secret is the key, it is not kept, and the reply is 204', () => {
    const taken = send({ client_id: 'c', events: [{ name: 'a' }, { name: 'b' }] });
    expect(taken).toMatchObject({ key: 'k1', events: 2, head: { measurement_id: 'G-1' }, reply: { status: 204 } });
    expect(JSON.stringify(taken.head)).not.toContain('k1');
  });

  const some = (count: number) => JSON.stringify({ client_id: 'c', events: Array(count).fill({ name: 'a' }) });
  test.each([
    ['25 events', some(25), undefined],
    ['26 events', some(26), 'too_many'],
    ['no events', some(0), undefined],
    ['an empty body', '', 'json'],
    ['half a body', '{"events":[', 'json'],
    ['a list', '[]', 'shape'],
    ['nothing of events', '{"client_id":"c"}', 'shape'],
    ['events that are no list', '{"events":{"length":3}}', 'shape'],
  ])('%s', (_, body, expected) => {
    expect(refusal(body)).toBe(expected);
  });

  test.each<[string, string, unknown[]]>([
    ['nothing is wrong', '{"client_id":"c","events":[{"name":"a","params":{}}]}', []],
    ['a name that begins with _', '{"client_id":"c","events":[{"name":"_a"}]}', [['events', 'NAME_INVALID']]],
    ['nobody', '{"events":[]}', [['client_id', 'VALUE_REQUIRED']]],
    ['no JSON', 'x', [['', 'VALUE_INVALID']]],
    ['too many', some(26), [['events', 'EXCEEDED_MAX_ENTITIES']]],
  ])('the validation server tells of %s and keeps nothing', (_, body, faults) => {
    const { kind, reply } = answerOf(ga4, '/debug/mp/collect?api_secret=k1', { body });
    const { validationMessages } = JSON.parse(String(reply.body)) as {
      validationMessages: { fieldPath: string; validationCode: string }[];
    };
    expect(kind).toBe('answered');
    expect(validationMessages.map(({ fieldPath, validationCode }) => [fieldPath, validationCode])).toEqual(faults);
  });
});
