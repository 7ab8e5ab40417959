import { afterAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/warehouse/sql.ts';
import { eventsOf, serveHome } from './served.ts';

const at = '2026-07-15T04:00:00.000Z';
const home = await serveHome(() => new Date(at));
afterAll(() => home.close());
const { live, product } = home.running().services;

const track = (messageId: string, event: string, who: Record<string, string>, more: Record<string, unknown> = {}) => ({
  type: 'track',
  messageId,
  event,
  timestamp: at,
  ...who,
  ...more,
});

const counts = async (name: string) => {
  const [row] = (await live.sources()).filter((each) => each.name === name);
  return row && [row.accepted, row.duplicate, row.rejected];
};

describe('an event that was answered', () => {
  test('is among the facts of its consumer, once, with its behaviour and what it says', async () => {
    const key = await home.source('web');
    const batch = [
      track('m1', 'Product Viewed', { anonymousId: 'visitor-1' }, { properties: { product_id: 'p1', brand: 'Aster' } }),
      track(
        'm2',
        'Product Added',
        { userId: 'user-1', anonymousId: 'visitor-1' },
        { properties: { product_id: 'p1' } },
      ),
    ];
    expect((await home.send(key, '/v1/batch', { batch, sentAt: at })).status).toBe(200);
    const rows = await home.rows<{ event_id: string; behavior: string; item_id: string; consumer: number }>(
      eventsOf('web'),
    );
    expect(rows.map(({ event_id, behavior, item_id }) => [event_id, behavior, item_id])).toEqual([
      ['m1', 'item_view', 'p1'],
      ['m2', 'cart', 'p1'],
    ]);
    expect(new Set(rows.map(({ consumer }) => consumer)).size).toBe(1);
    expect(await counts('web')).toEqual([2, 0, 0]);
    const stock = await product.run('aipl-stock', { on: '2026-07-15' }, () => {});
    expect(stock.rows).toEqual([
      { stage: 'A', consumers: 0 },
      { stage: 'I', consumers: 1 },
      { stage: 'P', consumers: 0 },
      { stage: 'L', consumers: 0 },
    ]);
  });

  test('counts once however often and however late it is sent again, within its source', async () => {
    const key = await home.source('twice');
    const other = await home.source('other');
    const batch = [track('m1', 'Product Viewed', { userId: 'user-7' })];
    await home.send(key, '/v1/batch', { batch });
    await home.send(key, '/v1/batch', { batch });
    await live.settled();
    await home.send(key, '/v1/batch', { batch });
    await home.send(other, '/v1/batch', { batch });
    expect(await home.rows(eventsOf('twice'))).toHaveLength(1);
    expect(await home.rows(eventsOf('other'))).toHaveLength(1);
    expect(await counts('twice')).toEqual([1, 2, 0]);
  });

  test('that cannot be taken is a reject with its reason, and can be replayed mended', async () => {
    const key = await home.source('odd');
    const batch = [
      track(
        'far',
        'Product Viewed',
        { userId: 'user-8' },
        { timestamp: '2031-01-01T00:00:00Z', properties: { color: 'red' } },
      ),
      track('nobody', 'Product Viewed', {}),
      { nothing: 'of an event' },
      track('fine', 'Product Viewed', { userId: 'user-8' }),
    ];
    await home.send(key, '/v1/batch', { batch });
    await live.settled();
    expect(await counts('odd')).toEqual([1, 0, 3]);
    const rejects = (await product.rejects({})).filter(({ file }) => file.startsWith('live '));
    expect(rejects.map(({ reason, column }) => [reason, column]).sort()).toEqual([
      ['future', 'event_time'],
      ['no_identifier', 'id_'],
      ['shape', ''],
    ]);
    const far = rejects.find(({ reason }) => reason === 'future') ?? expect.fail('no reject');
    const raw = JSON.stringify({ ...JSON.parse(far.raw), event_time: at });
    await product.replayRejects({ mended: [{ file_id: far.file_id, line: far.line, raw }] }, () => {});
    const stored = await home.rows<{ event_id: string; props: Record<string, string> }>(eventsOf('odd'));
    expect(stored.map(({ event_id }) => event_id)).toEqual(['far', 'fine']);
    expect(stored[0]?.props.color).toBe('red');
    expect((await product.rejects({})).filter(({ reason }) => reason === 'future')).toEqual([]);
  });

  test('waits in the log over a restart, and is then taken in once', async () => {
    const key = await home.source('patient');
    const { warehouse } = home.running().services.product.installation.context;
    await home.send(key, '/v1/track', track('p1', 'Product Viewed', { userId: 'user-9' }));
    expect(warehouse).toBeDefined();
    await home.again();
    expect(await home.rows(eventsOf('patient'))).toHaveLength(1);
  });
});

test('an event that comes days late opens its day again, and its day alone', async () => {
  const key = await home.source('late');
  const { product: now } = home.running().services;
  const stock = async (on: string) => {
    await home.running().services.live.settled();
    return (await now.run('aipl-stock', { on }, () => {})).rows.map(({ consumers }) => consumers as number);
  };
  await home.send(key, '/v1/track', track('l1', 'Product Added', { userId: 'user-late' }));
  const [before, early] = [await stock('2026-06-20'), await stock('2026-06-01')];
  const sent = { ...track('l2', 'Product Added', { userId: 'user-late' }), timestamp: '2026-06-10T04:00:00Z' };
  await home.send(key, '/v1/track', sent);
  expect(await stock('2026-06-20')).toEqual(before.map((count, i) => (i === 1 ? count + 1 : count)));
  expect(await stock('2026-06-01')).toEqual(early);
});

test('a source that is off, or whose key was renewed, is refused', async () => {
  const { live: now } = home.running().services;
  const key = await home.source('closed');
  const event = track('c1', 'Product Viewed', { userId: 'user-1' });
  await now.change('closed', { enabled: false }, 'test');
  expect((await home.send(key, '/v1/track', event)).status).toBe(404);
  await now.change('closed', { enabled: true }, 'test');
  expect((await home.send(key, '/v1/track', event)).status).toBe(200);
  const { key: fresh } = await now.renew('closed', 'test');
  expect((await home.send(key, '/v1/track', event)).status).toBe(401);
  expect((await home.send(fresh, '/v1/track', { ...event, messageId: 'c2' })).status).toBe(200);
  expect(await home.rows(eventsOf('closed'))).toHaveLength(2);
});

test('two ids that an alias names are one person from then on, whatever came before', async () => {
  const key = await home.source('alias');
  await home.send(key, '/v1/track', track('a1', 'Product Viewed', { userId: 'old-name' }));
  await home.send(key, '/v1/track', track('a2', 'Product Viewed', { userId: 'new-name' }));
  const apart = await home.rows<{ consumer: number }>(eventsOf('alias'));
  expect(new Set(apart.map(({ consumer }) => consumer)).size).toBe(2);
  await home.send(key, '/v1/alias', { messageId: 'a3', previousId: 'old-name', userId: 'new-name', timestamp: at });
  const joined = await home.rows<{ consumer: number }>(eventsOf('alias'));
  expect(new Set(joined.map(({ consumer }) => consumer)).size).toBe(1);
});

test('no identifier of a person stands in clear in what is kept of an identify', async () => {
  const key = await home.source('private');
  const traits = { email: 'Ming@Example.com', phone: '138 0013 8000', plan: 'gold' };
  await home.send(key, '/v1/identify', { messageId: 'i1', userId: 'user-5', traits, timestamp: at });
  const kept = JSON.stringify([
    await home.rows(sql`SELECT * FROM events WHERE source = 'private'`),
    await home.rows(sql`SELECT * FROM profiles WHERE source = 'private'`),
    await home.rows(sql`SELECT * FROM identifiers`),
    home.log,
  ]);
  expect(kept).toContain('gold');
  expect(kept.toLowerCase()).not.toContain('ming@example');
  expect(kept.replaceAll(' ', '')).not.toContain('13800138000');
});

test('a person who is suppressed is refused at the door, counted, and nothing of them is kept', async () => {
  const { product: now } = home.running().services;
  const key = await home.source('quiet');
  const event = (messageId: string) =>
    track(messageId, 'Product Viewed', { userId: 'user-gone' }, { properties: { secret: 'of the gone' } });
  await home.send(key, '/v1/track', event('q1'));
  await home.running().services.live.settled();
  const { id } = await now.suppress('user:user-gone');
  await home.send(key, '/v1/batch', { batch: [event('q2'), track('q3', 'Product Viewed', { userId: 'user-here' })] });
  expect((await home.rows<{ event_id: string }>(eventsOf('quiet'))).map((row) => row.event_id)).toEqual(['q1', 'q3']);
  const refused = (await now.rejects({})).filter(({ reason }) => reason === 'suppressed');
  expect(refused.map(({ column, raw }) => [column, raw])).toEqual([['id_', '']]);
  await now.unsuppress(id);
  await home.send(key, '/v1/track', event('q4'));
  expect(await home.rows(eventsOf('quiet'))).toHaveLength(3);
});
