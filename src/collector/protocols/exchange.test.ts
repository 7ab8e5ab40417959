import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Protocol, Refused } from '../protocol.ts';
import { words } from '../vocabulary.ts';
import { bulk } from './bulk.ts';
import { cloudevents } from './cloudevents.ts';
import { answerOf, rowsOf } from './exchange.fixture.ts';
import { ga4 } from './ga4.ts';
import { snowplow } from './snowplow.ts';

const key = 'key-that-is-secret';
const names = [
  ...['id', 'id_user', 'id_user#2', 'event_id', 'event_time', 'behavior', 'amount', 'order_id', 'line_id', 'props'],
  ...[
    'name',
    'params',
    'items',
    'price',
    'quantity',
    'transaction_id',
    'value',
    'client_id',
    'user_properties',
    'events',
  ],
  ...['e', 'eid', 'ue_pr', 'ue_px', 'co', 'cx', 'schema', 'data', 'data_base64', 'stm', 'dtm', 'ttm', 'duid', 'url'],
  ...['specversion', 'source', 'type', 'time', 'products', '__proto__', 'constructor', 'toString', ''],
];
const text = fc.oneof(
  fc.constantFrom(
    'pv',
    'ue',
    'se',
    'tr',
    'purchase',
    'refund',
    'add_to_cart',
    '1.0',
    'iglu:a/product/jsonschema/1-0-0',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String),
    fc.constantFrom(null, true, 0, -1, 1e300, 1_772_323_200_000),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), text), tie('any'), { maxKeys: 6 }),
  ),
})).any;

/** Bodies that begin as each protocol expects, so that what is odd lies deep within. */
const bodies: [string, Protocol, string, (value: unknown) => unknown, Record<string, string>][] = [
  [
    'GA4',
    ga4,
    `/mp/collect?api_secret=${key}`,
    (any) => ({ client_id: 'c', events: [{ name: 'purchase', params: any }, any] }),
    {},
  ],
  ['GA4 validation', ga4, `/debug/mp/collect?api_secret=${key}`, (any) => any, {}],
  [
    'Snowplow',
    snowplow,
    '/com.snowplowanalytics.snowplow/tp2',
    (any) => ({ data: [{ aid: key, e: 'ue', ue_pr: any, co: any }, any] }),
    {},
  ],
  [
    'Snowplow webhook',
    snowplow,
    `/com.snowplowanalytics.iglu/v1?key=${key}&schema=iglu:a/b/jsonschema/1-0-0`,
    (any) => any,
    {},
  ],
  [
    'CloudEvents',
    cloudevents,
    `/cloudevents?key=${key}`,
    (any) => [{ specversion: '1.0', id: '1', source: 's', type: 'purchase', data: any }, any],
    { 'content-type': 'application/cloudevents-batch+json' },
  ],
  [
    'bulk events',
    bulk,
    '/collect/events',
    (any) => [any, { id_user: 'u', props: any }],
    { authorization: `Bearer ${key}` },
  ],
  ['bulk orders', bulk, '/collect/orders', (any) => [any, any], { authorization: `Bearer ${key}` }],
];

describe('whatever JSON a client sends', () => {
  test.each(bodies)(
    '%s takes it or refuses it, and reads it twice the same',
    (_, protocol, address, within, headers) => {
      fc.assert(
        fc.property(value, (any) => {
          const taken = tried(() => answerOf(protocol, address, { headers, body: JSON.stringify(within(any)) }));
          if (taken?.kind !== 'taken') return;
          const rows = rowsOf(protocol, taken, words);
          expect(rowsOf(protocol, taken, words)).toEqual(rows);
          expect(JSON.stringify([taken.head, rows])).not.toContain(key);
          for (const row of rows) {
            if ('unreadable' in row) continue;
            const texts = [...Object.values(row.cells), ...Object.values(row.props)];
            expect(texts.filter((each) => typeof each !== 'string')).toEqual([]);
            expect(Object.keys(row.props).length).toBeLessThanOrEqual(210);
          }
        }),
        { numRuns: 150, seed: 4 },
      );
    },
  );

  test.each(bodies)('%s takes or refuses bytes', (_, protocol, address, __, headers) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const taken = tried(() => answerOf(protocol, address, { headers, body: Buffer.from(bytes) }));
        if (taken?.kind === 'taken') rowsOf(protocol, taken, words);
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});

/** What the door would keep; nothing where it turns the request away. */
function tried<T>(take: () => T): T | undefined {
  try {
    return take();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
