import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LogBroken, LogFull } from '../log/errors.ts';
import { all } from '../log/testing.fixture.ts';
import { addressesOf, readTarget } from './routes.ts';
import { ask, other, plain, type Question, type Station, station } from './testing.fixture.ts';

const one = JSON.stringify({ batch: [{ event: 'pay' }] });
const good: Question = { path: '/v1/batch', headers: { 'x-key': 'key-shop' }, body: one };

let shop: Station;
beforeAll(async () => {
  shop = await station();
});
afterAll(() => shop.close());

/** Bodies that the log of a station holds. */
const kept = async ({ log }: Station): Promise<readonly string[]> =>
  (await all(log)).map(({ entry }) => entry.body.toString());

test('a request is answered when it is in the log, as it came, with what is needed to read it', async () => {
  const own = await station();
  const { status, text, headers } = await ask(own.port, good);
  expect({ status, text }).toEqual({ status: 200, text: 'OK' });
  expect(headers).toMatchObject({
    'content-type': 'text/plain',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(headers['access-control-allow-origin']).toBeUndefined();
  const [placed] = await all(own.log);
  expect(placed?.entry).toEqual({
    source: 'shop',
    protocol: 'plain',
    received: 1_700_000_000_000,
    head: {},
    body: Buffer.from(one),
  });
  await own.close();
});

test('what has no events is answered and not kept', async () => {
  const own = await station();
  expect((await ask(own.port, { ...good, body: '{"batch":[]}' })).status).toBe(200);
  expect((await ask(own.port, { method: 'GET', path: '/v1/projects/key-shop/settings' })).text).toBe(
    '{"integrations":{}}',
  );
  expect((await ask(own.port, { method: 'GET', path: '/health' })).status).toBe(204);
  expect(await kept(own)).toEqual([]);
  await own.close();
});

describe('bodies', () => {
  const packed: readonly [name: string, headers: Record<string, string>, body: Buffer][] = [
    ['as they are', {}, Buffer.from(one)],
    ['as they are, and said so', { 'content-encoding': 'identity' }, Buffer.from(one)],
    ['in gzip', { 'content-encoding': 'gzip' }, gzipSync(one)],
    ['in gzip, by its old name', { 'content-encoding': 'X-GZIP' }, gzipSync(one)],
    ['in gzip, and not said so', {}, gzipSync(one)],
    ['in deflate', { 'content-encoding': 'deflate' }, deflateSync(one)],
    ['in raw deflate', { 'content-encoding': 'deflate' }, deflateRawSync(one)],
    ['in brotli', { 'content-encoding': 'br' }, brotliCompressSync(one)],
  ];

  test.each(packed)('%s are kept unpacked', async (_, headers, body) => {
    const own = await station();
    const asked = { ...good, headers: { ...good.headers, ...headers }, body };
    expect((await ask(own.port, asked)).status).toBe(200);
    expect(await kept(own)).toEqual([one]);
    await own.close();
  });
});

describe('a request is refused', () => {
  const key = { 'x-key': 'key-shop' };
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const refusals: readonly [why: string, asked: Question, status: number, code: string][] = [
    ['that has no key', { path: '/v1/batch', body: one }, 401, 'key'],
    ['whose key is nobody’s', { ...good, headers: { 'x-key': 'key-none' } }, 401, 'key'],
    ['whose key is a word of the language', { ...good, headers: { 'x-key': '__proto__' } }, 401, 'key'],
    ['whose key in the body is nobody’s', { path: '/late', body: '{"key":"none","batch":[1]}' }, 401, 'key'],
    ['whose key in the query is nobody’s', { method: 'GET', path: '/late?key=none' }, 401, 'key'],
    ['whose key in the path is nobody’s', { method: 'GET', path: '/v1/projects/none/settings' }, 401, 'key'],
    ['whose source is off', { ...good, headers: { 'x-key': 'key-off' } }, 404, 'disabled'],
    ['that is not JSON', { ...good, body: '{"batch":[' }, 400, 'json'],
    ['that is empty', { path: '/v1/batch', headers: key }, 400, 'json'],
    ['that has another shape', { ...good, body: '[]' }, 400, 'shape'],
    ['that is null', { ...good, body: 'null' }, 400, 'shape'],
    ['that is too large', { ...good, body: 'x'.repeat(10_001) }, 413, 'too_large'],
    [
      'that is too large in parts',
      { ...good, headers: { ...key, 'transfer-encoding': 'chunked' }, body: 'x'.repeat(10_001) },
      413,
      'too_large',
    ],
    ['that is too large unpacked', { ...good, body: gzipSync(Buffer.alloc(10_001)) }, 413, 'too_large'],
    [
      'that unpacks without end',
      { ...good, headers: { ...key, 'content-encoding': 'gzip' }, body: bomb.subarray(0, 9000) },
      413,
      'too_large',
    ],
    ['with too many events', { ...good, body: JSON.stringify({ batch: Array(51).fill(0) }) }, 413, 'too_many'],
    ['in an unknown packing', { ...good, headers: { ...key, 'content-encoding': 'zstd' } }, 400, 'shape'],
    ['that is not packed as it says', { ...good, headers: { ...key, 'content-encoding': 'gzip' } }, 400, 'shape'],
    [
      'that is packed by half',
      { ...good, headers: { ...key, 'content-encoding': 'gzip' }, body: gzipSync(one).subarray(0, 20) },
      400,
      'shape',
    ],
  ];

  test.each(refusals)('%s', async (_, asked, status, code) => {
    const before = shop.door.refused()[code] ?? 0;
    const answer = await ask(shop.port, asked);
    expect({ status: answer.status, code: JSON.parse(answer.text).code }).toEqual({ status, code });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.text).not.toMatch(/key-none|xxx|pay/);
    expect(shop.door.refused()[code]).toBe(before + 1);
  });

  test('and nothing of any of these is kept', async () => {
    for (const [, asked] of refusals) await ask(shop.port, asked);
    expect(await kept(shop)).toEqual([]);
  });

  test('by a method that the address does not take', async () => {
    for (const [method, path, allow] of [
      ['GET', '/v1/batch', 'POST, OPTIONS'],
      ['PUT', '/v1/batch/', 'POST, OPTIONS'],
      ['DELETE', '/late', 'POST, GET, OPTIONS'],
      ['HEAD', '/health', 'GET, OPTIONS'],
    ] as const) {
      const { status, headers } = await ask(shop.port, { method, path });
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
    }
  });

  test('in the shape that the clients of its protocol expect', async () => {
    const { status, text } = await ask(shop.port, { path: '/other', headers: { 'x-key': 'none' }, body: 'x' });
    expect(status).toBe(418);
    expect(JSON.parse(text)).toMatchObject({ refusal: 'key' });
  });

  test('while the log has no room, with the seconds after which to try again', async () => {
    const log = { append: () => Promise.reject(new LogFull('full')), refusal: () => undefined };
    const early = { ...log, refusal: () => new LogBroken('broken') };
    for (const [own, seconds] of [
      [await station({ log }), '10'],
      [await station({ log: early }), '5'],
    ] as const) {
      for (const path of ['/v1/batch', '/other']) {
        const { status, headers } = await ask(own.port, { ...good, path });
        expect({ status, seconds: headers['retry-after'] }).toEqual({ status: 503, seconds });
      }
      expect(own.door.refused()).toEqual({ full: 2 });
      expect(own.told).toEqual([]);
      await own.close();
    }
  });

  test('while bodies fill the memory, and taken when they have gone', async () => {
    const acknowledge: (() => void)[] = [];
    const append = () => new Promise<void>((resolve) => void acknowledge.push(resolve));
    const own = await station({ limits: { mostHeld: 1000 }, log: { append, refusal: () => undefined } });
    const large = { ...good, body: JSON.stringify({ batch: ['x'.repeat(600)] }) };
    const first = ask(own.port, large);
    await expect.poll(() => acknowledge.length).toBe(1);
    const { status, headers } = await ask(own.port, large);
    expect({ status, seconds: headers['retry-after'] }).toEqual({ status: 503, seconds: '1' });
    acknowledge.shift()?.();
    expect((await first).status).toBe(200);
    const again = ask(own.port, large);
    await expect.poll(() => acknowledge.length).toBe(1);
    acknowledge.shift()?.();
    expect((await again).status).toBe(200);
    await own.close();
  });

  test('while its source is over its pace, and taken when its time has come', async () => {
    let now = 0;
    const own = await station({ now: () => new Date(now) });
    const three = { path: '/v1/batch', headers: { 'x-key': 'key-slow' }, body: '{"batch":[1,2,3,4,5,6]}' };
    expect((await ask(own.port, three)).status).toBe(200); // 2 in hand, so 4 owed: 2 seconds
    const { status, headers } = await ask(own.port, three);
    expect(status).toBe(429);
    expect([headers['retry-after'], headers['x-ratelimit-reset']]).toEqual(['2', '2']);
    now = 2000;
    expect((await ask(own.port, three)).status).toBe(429);
    now = 2100;
    expect((await ask(own.port, three)).status).toBe(200);
    expect((await ask(own.port, good)).status).toBe(200);
    await own.close();
  });

  test('while the server stops', async () => {
    const own = await station();
    await own.door.close();
    expect((await ask(own.port, good)).status).toBe(503);
    expect((await ask(own.port, { method: 'GET', path: '/late?key=key-shop' })).status).toBe(503);
    await own.close();
  });

  test('while the keys cannot be looked up', async () => {
    for (const find of [
      () => new Promise<undefined>(() => {}),
      () => Promise.reject(new Error('away')),
      () => {
        throw new Error('away');
      },
    ]) {
      const own = await station({ keys: { find }, limits: { wholeMs: 20 } });
      expect((await ask(own.port, good)).status).toBe(503);
      expect(own.told).toEqual(['error collector the write keys cannot be looked up']);
      await own.close();
    }
  });
});

test('a key may come with its secret behind a colon', async () => {
  for (const [key, status] of [
    ['key-shop:secret', 200],
    ['key-whole:secret', 200],
    ['key-whole:other', 401],
    [':key-shop', 401],
  ] as const)
    expect((await ask(shop.port, { ...good, headers: { 'x-key': key }, body: '{"batch":[]}' })).status, key).toBe(
      status,
    );
});

describe('a fault of our own', () => {
  test('is told without what was sent, and answered with 500', async () => {
    const own = await station();
    const { status, text } = await ask(own.port, { path: '/faulty', body: 'my secret' });
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
    expect(own.told).toEqual([
      expect.stringMatching(/^error collector plain \/faulty Error at testing\.fixture\.ts:\d+/),
    ]);
    expect(own.door.refused()).toEqual({ fault: 1 });
    await own.close();
  });

  test('in a reply is answered with 500', async () => {
    const own = await station();
    expect((await ask(own.port, { method: 'GET', path: '/bad-header' })).status).toBe(500);
    expect(own.told).toHaveLength(1);
    await own.close();
  });
});

describe('a browser of another site', () => {
  const origin = 'https://shop.example';

  test('is told that it may send', async () => {
    const asked = { origin, 'access-control-request-headers': 'authorization,x-key' };
    const { status, headers } = await ask(shop.port, { method: 'OPTIONS', path: '/v1/batch', headers: asked });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization,x-key',
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-max-age': '7200',
      vary: 'Origin',
    });
  });

  test('may read every reply, refusals too', async () => {
    for (const key of ['key-shop', 'none']) {
      const { headers } = await ask(shop.port, { ...good, headers: { 'x-key': key, origin }, body: '{"batch":[]}' });
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-expose-headers']).toBe('retry-after, x-ratelimit-reset');
    }
  });
});

test('counts tell requests, events and refusals by source and minute, for an hour', async () => {
  let now = 60_000;
  const own = await station({ now: () => new Date(now) });
  await ask(own.port, { ...good, body: '{"batch":[1,2]}' });
  await ask(own.port, { ...good, body: '{"batch":[3]}' });
  await ask(own.port, { ...good, body: 'no' });
  now = 119_999;
  await ask(own.port, { ...good, headers: {} });
  now = 120_000;
  await ask(own.port, { ...good, body: 'no' });
  expect(own.door.minutes()).toEqual([
    { source: 'shop', minute: 60_000, requests: 3, events: 3, lost: { json: 1 } },
    { source: '', minute: 60_000, requests: 1, events: 0, lost: { key: 1 } },
    { source: 'shop', minute: 120_000, requests: 1, events: 0, lost: { json: 1 } },
  ]);
  now = 60_000 + 3_600_000;
  await ask(own.port, { ...good, body: 'no' });
  expect(own.door.minutes().map(({ minute }) => minute)).toEqual([120_000, 3_660_000]);
  expect(own.door.refused()).toEqual({ json: 3, key: 1 });
  await own.close();
});

test('each kept request is told with its source and events', async () => {
  const heard: [string, number][] = [];
  const own = await station({ onTaken: (source, events) => heard.push([source, events]) });
  await ask(own.port, { ...good, body: '{"batch":[1,2]}' });
  await ask(own.port, { ...good, body: '{"batch":[]}' });
  await ask(own.port, { ...good, body: 'no' });
  expect(heard).toEqual([['shop', 2]]);
  await own.close();
});

describe('addresses', () => {
  const found = addressesOf([plain, other]);

  test.each([
    ['/v1/batch', '/v1/batch', {}],
    ['/v1/batch/', '/v1/batch', {}],
    ['/v1/batch//', undefined, {}],
    ['/v1', undefined, {}],
    ['/', undefined, {}],
    ['/V1/batch', undefined, {}],
    ['/v1/projects/a%20b/settings', '/v1/projects/a%20b/settings', { key: 'a b' }],
    ['/v1/projects/%/settings', '/v1/projects/%/settings', { key: '%' }],
    ['/v1/projects//settings', undefined, {}],
    ['/v1/projects/a/b/settings', undefined, {}],
  ])('%s is %s', (path, expected, params) => {
    expect(found(path)?.path).toBe(expected);
    expect(found(path)?.params ?? {}).toEqual(params);
  });

  test('that two protocols claim are a fault at the start', () => {
    expect(() => addressesOf([plain, { ...plain, id: 'again' }])).toThrow('POST /v1/batch is both plain');
  });

  test.each([
    ['/a?b=1&b=2', '/a', 'b=1&b=2'],
    ['http://host:80/a?b', '/a', 'b='],
    ['/a?b=?', '/a', 'b=%3F'],
    ['*', '*', ''],
  ])('the target %s has the path %s', (target, path, query) => {
    const read = readTarget(target);
    expect([read.path, read.query.toString()]).toEqual([path, query]);
  });

  test('of others are left to the rest of the app', async () => {
    const { headers, text } = await ask(shop.port, { path: '/api/analyses', body: 'x' });
    expect([headers['x-app'], text]).toEqual(['yes', 'the rest of the app']);
  });
});
