import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ask, asked, told } from '../../../test/collector/harness.ts';
import type { Refused } from '../protocol.ts';
import { segmentWords } from '../words/segment.ts';
import { posthog } from './posthog.ts';

const received = Date.UTC(2026, 2, 1, 12);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  asked('POST', path, {
    headers,
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
const rowsOf = (request: ReturnType<typeof asked>) => told([posthog], request, { received, words: segmentWords });
const event = { event: 'Product Viewed', uuid: 'x1', distinct_id: 'd', properties: { product_id: 'p' } };
const row = {
  entity: 'events',
  cells: { event_id: 'x1', event_time: String(received), behavior: 'item_view', id_distinct: 'd', item_id: 'p' },
  props: { received_time: String(received) },
};

describe('an event is the same however it is wrapped:', () => {
  const json = JSON.stringify(event);
  const base64 = Buffer.from(json).toString('base64');
  test.each<[string, ReturnType<typeof asked>]>([
    ['alone', post('/i/v0/e/', event)],
    ['in a list', post('/e', [event])],
    ['in a batch', post('/batch', { api_key: 'k', batch: [event] })],
    ['as text', post('/capture/', json, { 'content-type': 'text/plain' })],
    ['gzipped without a header', post('/e/?compression=gzip-js', gzipSync(json))],
    ['as a form in base64', post('/track', `data=${encodeURIComponent(base64)}&compression=base64`)],
    ['as a form in base64 whose plus became a blank', post('/track', `data=${base64}`)],
    ['as a form in JSON', post('/track', `data=${encodeURIComponent(json)}`)],
    ['as a query', asked('GET', `/e?data=${encodeURIComponent(base64)}`)],
    ['as a gzipped query', asked('GET', `/e?data=${encodeURIComponent(gzipSync(json).toString('base64'))}`)],
  ])('%s', (_, request) => {
    expect(rowsOf(request)).toEqual([row]);
  });
});

test.each<[string, unknown, Record<string, string>]>([
  ['a number', { ...event, distinct_id: 12345678901 }, { id_distinct: '12345678901' }],
  ['in the properties', { ...event, distinct_id: undefined, properties: { distinct_id: 'in' } }, { id_distinct: 'in' }],
  ['absent', { ...event, distinct_id: null }, {}],
  [
    'an identify links the anonymous one',
    { event: '$identify', distinct_id: 'u', properties: { $anon_distinct_id: 'a' }, $set: { email: 'a@b.co' } },
    { id_distinct: 'u', 'id_distinct#2': 'a', id_email: 'a@b.co' },
  ],
  [
    'an alias carries both',
    { event: '$create_alias', properties: { distinct_id: 'x', alias: 'y' } },
    { id_distinct: 'x', 'id_distinct#2': 'y' },
  ],
  [
    'an alias the other way round carries both',
    { event: '$create_alias', distinct_id: 'y', properties: { alias: 'x' } },
    { id_distinct: 'y', 'id_distinct#2': 'x' },
  ],
  [
    'an alias of itself is one',
    { event: '$create_alias', distinct_id: 'y', properties: { alias: 'y' } },
    { id_distinct: 'y' },
  ],
  [
    'the shop’s own name, but not the browser that several may share',
    { ...event, properties: { $user_id: 'u', $device_id: 'dev' } },
    { id_distinct: 'd', id_user: 'u' },
  ],
])('identifiers: %s', (_, value, expected) => {
  const [first] = rowsOf(post('/e', JSON.stringify(value)));
  if (!first || 'unreadable' in first) throw new Error('The event was not read.');
  expect(Object.fromEntries(Object.entries(first.cells).filter(([name]) => name.startsWith('id_')))).toEqual(expected);
});

test.each<[string, unknown, number]>([
  ['its timestamp', { ...event, timestamp: '2026-03-01T11:00:00Z' }, received - 3_600_000],
  ['null: when it was received', { ...event, timestamp: null }, received],
  ['an offset before it was sent', { ...event, offset: 1500 }, received - 1500],
  [
    'a client an hour slow',
    { batch: [{ ...event, timestamp: '2026-03-01T10:59:59Z' }], sent_at: '2026-03-01T11:00:00Z' },
    received - 1000,
  ],
  [
    'history is not moved',
    { batch: [{ ...event, timestamp: '2020-01-01' }], sent_at: '2026-02-01T00:00:00Z', historical_migration: true },
    Date.UTC(2020, 0, 1),
  ],
  [
    'nor what asks not to be',
    { batch: [{ ...event, timestamp: '2020-01-01', properties: { $ignore_sent_at: true } }], sent_at: '2026-02-01' },
    Date.UTC(2020, 0, 1),
  ],
])('time: %s', (_, body, time) => {
  expect(rowsOf(post('/batch', body))).toMatchObject([{ cells: { event_time: String(time) } }]);
});

test('the time of sending stands in the query too', () => {
  const sent = received - 3_600_000;
  const request = post(`/e/?_=${sent}`, { ...event, timestamp: sent });
  expect(rowsOf(request)).toMatchObject([{ cells: { event_time: String(received) } }]);
});

test.each([
  ['$pageview', 'page_view'],
  ['$screen', 'page_view'],
  ['$groupidentify', 'group'],
  ['$autocapture', 'autocapture'],
  ['Order Completed', 'pay'],
  ['下单', '下单'],
])('%s is a %s', (name, behavior) => {
  expect(rowsOf(post('/e', { event: name, distinct_id: 'd' }))).toMatchObject([{ cells: { behavior } }]);
});

test('what is set of a person is the profile, without the client’s own notes', () => {
  const body = {
    ...event,
    properties: {
      $set: { $browser: 'x', plan: 'gold', email: 'a@b.co' },
      $set_once: { first: 1 },
      token: 'k',
      $ip: '1.2.3.4',
    },
  };
  const { item_id: _, ...setCells } = row.cells;
  expect(rowsOf(post('/e', body))).toEqual([
    {
      ...row,
      cells: { ...setCells, id_email: 'a@b.co' },
      props: { ...row.props, '$set_once.first': '1' },
    },
    { entity: 'consumers', cells: { id_distinct: 'd', id_email: 'a@b.co' }, props: { plan: 'gold' } },
  ]);
});

test('engage sets a person without an event’s name', () => {
  expect(rowsOf(post('/engage', { $distinct_id: 'd', $token: 'k', $set: { city: '上海' } }))).toMatchObject([
    { cells: { behavior: 'identify', id_distinct: 'd' } },
    { entity: 'consumers', cells: { city: '上海' } },
  ]);
});

test('half a character in the JSON is no fault', () => {
  expect(rowsOf(post('/e', '{"event":"E","distinct_id":"d","properties":{"x":"\\ud83d"}}'))).toMatchObject([
    { props: { x: '\ufffd' } },
  ]);
});

test('an event without a name goes to rejects, the others of its batch are kept', () => {
  const rows = rowsOf(post('/batch', { batch: [{ distinct_id: 'd', token: 'k' }, event, 5] }));
  expect(rows).toEqual([{ unreadable: 'shape', raw: '{"distinct_id":"d"}' }, row, { unreadable: 'shape', raw: '5' }]);
});

test.each<[string, ReturnType<typeof asked>, string | undefined]>([
  ['api_key', post('/batch', { api_key: 'k', batch: [event] }), 'k'],
  ['token', post('/e', { ...event, token: 'k' }), 'k'],
  ['an event’s properties', post('/e', [{ ...event, properties: { token: 'k' } }]), 'k'],
  ['the query', post('/e?token=k', event), 'k'],
  ['a bearer token', post('/i/v1/analytics/events', { batch: [event] }, { authorization: 'Bearer k' }), 'k'],
  ['nowhere', post('/e', event), undefined],
])('the key stands in %s', (_, request, key) => {
  expect(ask([posthog], request)).toMatchObject({ kind: 'taken', key, events: 1 });
});

test.each([
  ['too_fast', 503],
  ['slow', 503],
  ['full', 503],
  ['too_large', 413],
  ['key', 401],
] as const)(
  'a request refused as %s is answered %d: after a 4xx posthog-js never sends it again',
  (refusal, status) => {
    expect(posthog.refusal?.(refusal, 'x').status).toBe(status);
  },
);

test.each<[string, ReturnType<typeof asked>, string]>([
  ['no JSON', post('/e', '{'), 'json'],
  ['an empty body', post('/e', ''), 'json'],
  ['broken gzip', post('/e', Buffer.from([0x1f, 0x8b, 1, 2, 3])), 'json'],
  [
    'a gzip that unpacks to more than a body may have',
    post('/e', gzipSync(Buffer.alloc(21 * 1024 * 1024, 32))),
    'too_large',
  ],
  [
    'an event above 2 MB',
    post('/batch', { batch: [event, { ...event, x: 'x'.repeat(2 * 1024 * 1024) }] }),
    'too_large',
  ],
])('%s is refused', (_, request, refusal) => {
  expect(() => ask([posthog], request)).toThrow(expect.objectContaining({ refusal }) as Refused);
});

test('the newer address answers for each event by its uuid', () => {
  const answer = ask([posthog], post('/i/v1/analytics/events', { batch: [event, { ...event, uuid: 'x2' }] }));
  expect(JSON.parse(String(answer.reply.body))).toEqual({ results: { x1: { result: 'ok' }, x2: { result: 'ok' } } });
});

test.each([
  ['/e', 200, '{"status":1}'],
  ['/e?beacon=1', 204, undefined],
])('a request to %s is answered %d', (path, status, body) => {
  const { reply } = ask([posthog], post(path, event));
  expect([reply.status, reply.body]).toEqual([status, body]);
});

test.each([
  ['POST', '/flags/?v=2'],
  ['POST', '/decide'],
])('%s %s has no flags', (method, path) => {
  const answer = ask([posthog], asked(method, path, { body: '{}' }));
  expect(JSON.parse(String(answer.reply.body))).toMatchObject({
    flags: {},
    featureFlags: {},
    errorsWhileComputingFlags: false,
  });
});

test('posthog-js is told to do nothing but capture', () => {
  const answer = ask([posthog], asked('GET', '/array/phc_key/config'));
  expect(JSON.parse(String(answer.reply.body))).toMatchObject({
    hasFeatureFlags: false,
    sessionRecording: false,
    capturePerformance: false,
  });
});

test('the same as a script is that of its key, and nothing in the address becomes a script', () => {
  const key = `"]=1;alert(1)//'</script>`;
  const { reply } = ask([posthog], asked('GET', `/array/${encodeURIComponent(key)}/config.js`));
  const window: Record<string, Record<string, unknown>> = {};
  runInNewContext(String(reply.body), { window });
  expect(window._POSTHOG_REMOTE_CONFIG?.[key]).toMatchObject({ config: { sessionRecording: false }, siteApps: [] });
  expect(reply.headers).toEqual({ 'content-type': 'text/javascript' });
});

test('a client that sends recordings is told to stop', () => {
  const answer = ask([posthog], post('/s/', { event: '$snapshot' }));
  expect([answer.kind, answer.reply.status]).toEqual(['answered', 200]);
  expect(JSON.parse(String(answer.reply.body))).toMatchObject({ quota_limited: ['recordings'] });
});
