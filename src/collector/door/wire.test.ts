import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { all } from '../log/testing.fixture.ts';
import { type Station, station, wire } from './testing.fixture.ts';

const head = (length: number, more = '') =>
  `POST /v1/batch HTTP/1.1\r\nHost: x\r\nX-Key: key-shop\r\n${more}Content-Length: ${length}\r\n\r\n`;
const body = (event: string) => JSON.stringify({ batch: [event] });
const whole = (event: string) => `${head(body(event).length)}${body(event)}`;

const kept = async ({ log }: Station) => (await all(log)).map(({ entry }) => entry.body.toString());

describe('a slow client', () => {
  test('that sends no more is answered 408 and cut, and nothing of it is kept', async () => {
    const own = await station({ limits: { idleMs: 30 } });
    const line = wire(own.port);
    line.write(`${head(100)}{"batch":`);
    expect(await line.closed).toMatch(/^HTTP\/1\.1 408 /);
    expect(own.door.refused()).toEqual({ slow: 1 });
    expect(await kept(own)).toEqual([]);
    await own.close();
  });

  test('that sends a byte now and then is cut when its time is over', async () => {
    const own = await station({ limits: { idleMs: 10_000, wholeMs: 100 } });
    const line = wire(own.port);
    line.write(head(10_000));
    const drip = setInterval(() => line.write(' '), 5);
    expect(await line.closed).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
    await own.close();
  });

  test('that sends on after it was refused is cut after a while, and has its answer', async () => {
    const own = await station({ limits: { lingerMs: 30 } });
    for (const start of [
      head(20_000),
      `${head(20_000).replace('key-shop', 'key-none')}`,
      head(5, 'Content-Encoding: zip\r\n'),
      head(20_000).replace('POST', 'PUT'),
    ]) {
      const line = wire(own.port);
      line.write(`${start}xx`);
      expect(await line.closed).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    await own.close();
  });

  test('that goes away in the middle leaves nothing', async () => {
    const own = await station();
    for (const more of ['', 'Content-Encoding: gzip\r\n']) {
      const line = wire(own.port);
      line.write(head(1000, more));
      line.write(more === '' ? body('half') : gzipSync(body('half')));
      line.socket.end();
    }
    await expect.poll(() => own.door.refused()).toEqual({ gone: 2 });
    expect(await kept(own)).toEqual([]);
    await own.close();
  });

  test('that sends byte by byte is taken, packed or not', async () => {
    const own = await station();
    const packed = gzipSync(body('packed'));
    for (const [length, bytes] of [
      [body('plain').length, Buffer.from(body('plain'))],
      [packed.length, packed],
    ] as const) {
      const line = wire(own.port);
      line.socket.setNoDelay(true);
      line.write(head(length));
      for (const byte of bytes) {
        line.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await line.until(/OK$/)).toMatch(/^HTTP\/1\.1 200 /);
      line.socket.end();
    }
    expect(await kept(own)).toEqual([body('plain'), body('packed')]);
    await own.close();
  });
});

test('a body too large is answered before it is sent, and the client that goes on sending reads the answer', async () => {
  const own = await station();
  const line = wire(own.port);
  line.write(head(50_000_000));
  await line.until(/HTTP\/1\.1 413 /);
  for (let sent = 0; sent < 20; sent += 1) line.write(Buffer.alloc(100_000));
  line.socket.destroy();
  await line.closed;
  await own.close();
});

test('a bomb is refused while it unpacks, with little memory', async () => {
  const own = await station();
  const bomb = gzipSync(Buffer.alloc(200_000_000));
  const line = wire(own.port);
  line.write(head(9_000, 'Content-Encoding: gzip\r\n'));
  line.write(bomb.subarray(0, 9_000));
  expect(await line.until(/too_large/)).toMatch(/^HTTP\/1\.1 413 /);
  line.socket.end();
  await own.close();
});

test('requests on one connection are answered and kept in their order, also sent without waiting', async () => {
  const own = await station();
  const line = wire(own.port);
  const packed = gzipSync(body('0'));
  line.write(Buffer.concat([Buffer.from(head(packed.length, 'Content-Encoding: gzip\r\n')), packed]));
  for (let event = 1; event < 40; event += 1) line.write(whole(String(event)));
  line.write(whole('no').replace('key-shop', 'key-none'));
  line.write(whole('last'));
  const replies = await line.until(/401[\s\S]*OK$/);
  expect(replies.match(/HTTP\/1\.1 200/g)).toHaveLength(41);
  expect(await kept(own)).toEqual([...Array.from({ length: 40 }, (_, event) => body(String(event))), body('last')]);
  line.socket.end();
  await own.close();
});

test('two thousand small requests at once are all answered and kept', async () => {
  const own = await station();
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const sent = Array.from({ length: 2000 }, (_, event) => body(String(event)));
  const post = (text: string) =>
    new Promise<number>((resolve, reject) => {
      const options = { port: own.port, agent, method: 'POST', path: '/v1/batch', headers: { 'x-key': 'key-shop' } };
      request(options, (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)))
        .on('error', reject)
        .end(text);
    });
  expect(new Set(await Promise.all(sent.map(post)))).toEqual(new Set([200]));
  expect((await kept(own)).toSorted()).toEqual(sent.toSorted());
  agent.destroy();
  await own.close();
});

describe('whatever comes', () => {
  let own: Station;
  beforeAll(async () => {
    own = await station({ limits: { idleMs: 500, lingerMs: 50 } });
  });
  afterAll(() => own.close());

  const token = fc.string({ unit: fc.constantFrom(...'abcxyz-0129'), minLength: 1, maxLength: 12 });
  const value = fc.string({ unit: fc.constantFrom(...'abc;=,:/"\\ é\t%', '\x80', '\xff'), maxLength: 40 });
  const known = fc.constantFrom(
    '/v1/batch',
    '/late',
    '/v1/projects/key-shop/settings',
    '/health',
    '/other',
    '/v1/batch/',
  );
  const path = fc.oneof(
    known,
    fc.tuple(known, value).map(([start, query]) => `${start}?${encodeURI(query)}&key=key-shop`),
    fc.webPath().map((rest) => `/v1/projects${rest}/settings`),
  );
  const header = fc.oneof(
    fc.tuple(
      fc.constantFrom(
        'X-Key',
        'Origin',
        'Content-Encoding',
        'Content-Type',
        'Access-Control-Request-Headers',
        'Cookie',
      ),
      fc.oneof(value, fc.constantFrom('key-shop', 'key-slow', 'gzip', 'br', 'deflate', 'gzip, br', 'null')),
    ),
    fc.tuple(token, value),
  );
  const json = fc.oneof(
    fc.json(),
    fc.array(fc.jsonValue()).map((batch) => JSON.stringify({ key: 'key-shop', batch })),
  );
  const content = fc.oneof(
    json.map((text) => Buffer.from(text)),
    json.map((text) => gzipSync(text)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
  const method = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'OPTIONS', 'HEAD', 'PUT', 'PATCH', 'DELETE');

  test('is answered, never with a fault, and never left waiting', async () => {
    await fc.assert(
      fc.asyncProperty(
        method,
        path,
        fc.array(header, { maxLength: 5 }),
        content,
        async (verb, target, headers, bytes) => {
          const line = wire(own.port);
          const lines = headers.map(([name, text]) => `${name}: ${text}\r\n`).join('');
          const start = `${verb} ${target} HTTP/1.1\r\nHost: x\r\n${lines}Content-Length: ${bytes.length}\r\n`;
          line.write(Buffer.concat([Buffer.from(`${start}Connection: close\r\n\r\n`, 'latin1'), bytes]));
          expect(await line.closed).toMatch(/^HTTP\/1\.1 [234]\d\d /);
        },
      ),
      { numRuns: 500, seed: 11 },
    );
    expect(own.told).toEqual([]);
    expect(own.door.minutes().some(({ source, events }) => source === 'shop' && events > 0)).toBe(true);
  });
});
