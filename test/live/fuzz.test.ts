import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { protocols } from '../../src/collector/protocols.ts';
import { entityNames } from '../../src/model/entities.ts';
import { eventsOf, serveHome } from './served.ts';

const at = '2026-07-15T04:00:00.000Z';
const home = await serveHome(() => new Date(at));
afterAll(() => home.close());
const key = await home.source('fuzz');

const routes = protocols.flatMap((each) => each.routes);
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'null', '0', '用户 1', '\u0000', '\ud800'),
);
const time = fc.oneof(fc.constant(at), fc.integer(), fc.date({ noInvalidDate: false }).map(String), text);
const value = fc.oneof(
  { depthSize: 'small' },
  text,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.object({ maxDepth: 2 }),
);
const named = (names: readonly string[], of: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), of, { maxKeys: 8 });

/** What clients of some protocol send, or nearly. */
const message = fc
  .tuple(
    named(
      ['type', 'event', 'userId', 'anonymousId', 'messageId', 'previousId', 'e', 'aid', 'uid', 'duid', 'name'],
      value,
    ),
    named(['timestamp', 'sentAt', 'event_time', 'dtm', 'time', 'timestamp_micros'], time),
    named(['properties', 'traits', 'context', 'data', '$set', 'params', 'items', 'products', 'co'], value),
    named(['id_user', 'id_phone', 'id_x', 'behavior', 'amount', 'order_id', 'specversion', 'id', 'source'], value),
  )
  .chain((parts) =>
    // As often a message that is meant well: with who, what and when.
    fc
      .constantFrom(
        {},
        {
          type: 'track',
          event: 'Walked',
          behavior: 'walk',
          userId: 'u1',
          id_user: 'u1',
          timestamp: at,
          event_time: at,
        },
      )
      .map((base): Record<string, unknown> => Object.assign({}, ...parts, base)),
  );
const body = fc.oneof(
  message.map((one) => JSON.stringify(one)),
  fc.array(message, { maxLength: 4 }).map((all) => JSON.stringify(all)),
  fc.array(message, { maxLength: 4 }).map((all) => all.map((one) => JSON.stringify(one)).join('\n')),
  fc
    .tuple(fc.constantFrom('batch', 'data', 'events', 'event'), fc.array(message, { maxLength: 4 }))
    .map(([name, all]) => JSON.stringify({ [name]: all, api_key: key, writeKey: key, client_id: 'c', sentAt: at })),
  text,
);
const request = fc.record({
  route: fc.constantFrom(...routes),
  part: fc.oneof(fc.constantFrom(...entityNames, 'track', 'batch', key), text),
  body,
  type: fc.constantFrom('application/json', 'text/plain', 'application/x-ndjson', 'application/cloudevents+json', ''),
  zipped: fc.boolean(),
  query: named(['writeKey', 'api_secret', 'key', 'aid', 'e', 'data', 'compression', 'measurement_id'], text),
});
type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

async function ask({ route, part, body: given, type, zipped, query }: Request): Promise<number> {
  const url = new URL(home.url);
  url.pathname = route.path.replace(
    /:\w+/g,
    encodeURIComponent(
      Buffer.from(part)
        .toString()
        .replaceAll(/[./\\]/g, '-') || 'x',
    ),
  );
  for (const [name, one] of Object.entries(query)) url.searchParams.set(name, one as string);
  for (const name of ['api_secret', 'key', 'aid']) if (!url.searchParams.has(name)) url.searchParams.set(name, key);
  const headers: Record<string, string> = { authorization: `Bearer ${key}`, 'x-write-key': key };
  if (type !== '') headers['content-type'] = type;
  if (zipped) headers['content-encoding'] = 'gzip';
  const sent = zipped ? gzipSync(given) : given;
  const answer = await fetch(url, { method: route.method, headers, body: route.method === 'GET' ? null : sent });
  await answer.arrayBuffer();
  return answer.status;
}

test('whatever is sent to any address of the collector is answered, breaks nothing, and keeps nothing else out', async () => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, async (given) => {
      const status = await ask(given);
      statuses.add(status);
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 600, seed: 20_261_122 },
  );
  expect(statuses).toContain(200);
  const sane = { type: 'track', event: 'Product Viewed', messageId: 'sane', userId: 'user-1', timestamp: at };
  expect((await home.send(key, '/v1/track', sane)).status).toBe(200);
  const stored = await home.rows<{ event_id: string }>(eventsOf('fuzz'));
  expect(stored.map(({ event_id }) => event_id)).toContain('sane');
  const [source] = await home.running().services.live.sources();
  expect(source?.accepted).toBeGreaterThan(20);
  expect(source?.rejected).toBeGreaterThan(100);
  expect(home.log.filter((line) => line.startsWith('error'))).toEqual([]);
});
