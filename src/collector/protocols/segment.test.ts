import { describe, expect, test } from 'vitest';
import { ask, asked, told } from '../../../test/collector/harness.ts';
import { Refused } from '../protocol.ts';
import { rudder } from './rudder.ts';
import { segment } from './segment.ts';

const both = [segment, rudder];
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  asked('POST', path, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const taken = (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = ask(both, post(path, body, headers));
  if (answer.kind !== 'taken') throw new Error('The request was answered, not taken.');
  return answer;
};
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const track = { type: 'track', event: 'E', userId: 'u', messageId: 'm' };

test.each([
  ['identify', 'identify'],
  ['i', 'identify'],
  ['track', 'e'],
  ['t', 'e'],
  ['page', 'page_view'],
  ['p', 'page_view'],
  ['screen', 'page_view'],
  ['s', 'page_view'],
  ['group', 'group'],
  ['g', 'group'],
  ['alias', 'alias'],
  ['a', 'alias'],
  ['merge', 'alias'],
])('the address /v1/%s says what its message is where the message does not', (path, behavior) => {
  const [row] = told(both, post(`/v1/${path}/`, { event: 'E', userId: 'u' }, { 'content-type': 'text/plain' }));
  expect(row).toMatchObject({ cells: { behavior, id_user: 'u', event_id: '1.0.0' } });
});

test.each(['/v1/batch', '/v1/b', '/v1/import', '/beacon/v1/batch'])('a batch at %s is its messages', (path) => {
  expect(taken(path, { batch: [track, track] }).events).toBe(2);
  expect(
    told(both, post(path, { batch: [track, { ...track, messageId: 'n' }] })).map(
      (row) => 'cells' in row && row.cells.event_id,
    ),
  ).toEqual(['m', 'n']);
});

test.each<[string, string, unknown, Record<string, string>, string | undefined]>([
  ['Basic', '/v1/track', track, basic('wk:'), 'wk'],
  ['Basic without a colon', '/v1/track', track, basic('wk'), 'wk'],
  ['the body', '/v1/t', { ...track, writeKey: 'wk' }, {}, 'wk'],
  ['the body before a bearer token', '/v1/t', { ...track, writeKey: 'wk' }, { authorization: 'Bearer oauth' }, 'wk'],
  ['a bearer token', '/v1/t', track, { authorization: 'Bearer wk' }, 'wk'],
  ['the query', '/beacon/v1/batch?writeKey=wk', { batch: [track] }, {}, 'wk'],
  ['nowhere', '/v1/t', { ...track, writeKey: 7 }, basic(':secret'), undefined],
])('the key stands in %s', (_, path, body, headers, key) => {
  expect(taken(path, body, headers).key).toBe(key);
});

test('no key reaches the head or the rows', () => {
  const body = { ...track, writeKey: 'wk-secret' };
  expect(
    JSON.stringify([taken('/v1/t', body, basic('wk-secret:')).head, told(both, post('/v1/t', body))]),
  ).not.toContain('wk-secret');
});

describe('limits:', () => {
  const event = (bytes: number) => ({ ...track, properties: { x: 'é'.repeat(bytes / 2) } });
  const refused = (path: string, body: unknown, headers = {}) => {
    try {
      taken(path, body, headers);
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      throw error;
    }
    return undefined;
  };

  test.each<[string, string, unknown, Record<string, string>, string | undefined]>([
    ['31 KB an event', '/v1/track', event(31 * 1024), {}, undefined],
    ['33 KB an event', '/v1/track', event(33 * 1024), {}, 'too_large'],
    ['33 KB of one event in a batch', '/v1/batch', { batch: [track, event(33 * 1024)] }, {}, 'too_large'],
    ['500 KB a batch', '/v1/batch', { batch: Array(17).fill(event(30 * 1024)) }, {}, 'too_large'],
    ['2,500 events', '/v1/batch', { batch: Array(2500).fill({}) }, {}, undefined],
    ['2,501 events', '/v1/batch', { batch: Array(2501).fill({}) }, {}, 'too_many'],
    [
      '33 KB from a RudderStack client',
      '/v1/track',
      event(33 * 1024),
      { 'user-agent': 'analytics-node/3.0.13' },
      undefined,
    ],
    [
      '600 KB from a RudderStack client',
      '/v1/batch',
      { batch: Array(20).fill(event(30 * 1024)) },
      { 'content-encoding': 'gzip' },
      undefined,
    ],
    ['no JSON', '/v1/track', '{"a":', {}, 'json'],
    ['an empty body', '/v1/track', '', {}, 'json'],
    ['no object', '/v1/track', '"x"', {}, 'json'],
    ['a batch without its list', '/v1/batch', { batch: {} }, {}, 'json'],
    [
      'nesting without end is no fault of ours',
      '/v1/track',
      `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`,
      {},
      undefined,
    ],
  ])('%s', (_, path, body, headers, refusal) => {
    expect(refused(path, body, headers)).toBe(refusal);
  });

  test('a bare list is a batch, and an empty batch keeps nothing', () => {
    expect(taken('/v1/batch', [track]).events).toBe(1);
    expect(taken('/v1/batch', { batch: [] }).events).toBe(0);
  });

  test('what clients may not send again is a 400', () => {
    expect(segment.refusal?.('too_large', 'x').status).toBe(400);
    expect(segment.refusal?.('too_fast', 'x').status).toBe(429);
    expect(segment.refusal?.('full', 'x').status).toBe(503);
  });
});

test('a message that is none goes to rejects, the others of its batch are kept', () => {
  const rows = told(both, post('/v1/batch', { batch: [track, 'x', { type: 'nonsense' }] }));
  expect(rows.map((row) => ('unreadable' in row ? row.raw : row.cells.event_id))).toEqual([
    'm',
    '"x"',
    '{"type":"nonsense"}',
  ]);
});

test('numbers that a double cannot hold keep their digits', () => {
  const [row] = told(
    both,
    post('/v1/t', '{"event":"E","userId":12345678901234567890,"properties":{"order_id":9007199254740993}}'),
  );
  expect(row).toMatchObject({ cells: { id_user: '12345678901234567890', order_id: '9007199254740993' } });
});

test('each client is answered as its own server does', () => {
  expect(taken('/v1/t', track).reply).toMatchObject({ status: 200, body: '{"success":true}' });
  expect(taken('/v1/t', track, { anonymousid: 'x' }).reply).toMatchObject({ status: 200, body: 'OK' });
  expect(ask(both, post('/v1/m', { series: [] }))).toMatchObject({ kind: 'answered', reply: { status: 200 } });
});

test.each([
  ['collect.example:8443', 'collect.example:8443/v1'],
  ['[::1]:7300', '[::1]:7300/v1'],
  ['evil.example/"><script>', 'localhost/v1'],
])('analytics.js asked at %j is told to send to %j', (host, apiHost) => {
  const answer = ask(
    both,
    asked('GET', '/v1/projects/wk/settings', { headers: { host, 'x-forwarded-proto': 'https' } }),
  );
  expect(answer).toMatchObject({ kind: 'answered', key: 'wk' });
  expect(JSON.parse(String(answer.reply.body)).integrations['Segment.io']).toMatchObject({
    apiKey: 'wk',
    apiHost,
    protocol: 'https',
  });
});

test.each<[string, Record<string, string>, string, string]>([
  ['a page of HTTPS', { host: 'c.example', origin: 'https://shop.example' }, 'c.example/v1', 'https'],
  [
    'a page of HTTPS on the same machine',
    { host: 'localhost:73', origin: 'https://localhost' },
    'localhost:73/v1',
    'http',
  ],
  ['a page of HTTP', { host: 'c.example', origin: 'http://shop.example' }, 'c.example/v1', 'http'],
  ['no page', { host: 'c.example' }, 'c.example/v1', 'http'],
  [
    'a proxy',
    { host: 'in:7300', 'x-forwarded-host': 'c.example', 'x-forwarded-proto': 'https, http' },
    'c.example/v1',
    'https',
  ],
])('the settings that %s asks for say how to send', (_, headers, apiHost, protocol) => {
  const { reply } = ask(both, asked('GET', '/v1/projects/wk/settings', { headers }));
  expect(JSON.parse(String(reply.body)).integrations['Segment.io']).toMatchObject({ apiHost, protocol });
});

test('a pixel’s query is its message, its dots nest, its key is not kept', () => {
  const request = asked(
    'GET',
    '/pixel/v1/track?writeKey=wk&event=Product%20Viewed&anonymousId=a&properties.product.id=1&__proto__.x=1',
  );
  const answer = ask(both, request);
  expect(answer).toMatchObject({
    kind: 'taken',
    key: 'wk',
    events: 1,
    reply: { headers: { 'content-type': 'image/gif' } },
  });
  expect(answer.kind === 'taken' && answer.body.toString()).not.toContain('wk');
  expect(told(both, request)).toMatchObject([
    { cells: { behavior: 'product_viewed', id_anonymous: 'a' }, props: { 'product.id': '1', '__proto__.x': '1' } },
  ]);
});
