import { PostHog } from 'posthog-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { posthog } from '../../src/collector/protocols/posthog.ts';
import { segmentWords } from '../../src/collector/words/segment.ts';
import { type Harness, openHarness } from './harness.ts';

let door: Harness;
const timestamp = new Date('2026-03-01T08:00:00.123Z');
beforeEach(async () => {
  door = await openHarness([posthog]);
});
afterEach(() => {
  vi.unstubAllEnvs();
  return door.close();
});

test.each([
  ['older', 'v0', ['/batch/']],
  ['newer', 'v1', ['/i/v1/analytics/events']],
] as const)('each call of the Node client is one event, at the %s address', async (_, captureMode, addresses) => {
  vi.stubEnv('POSTHOG_CAPTURE_MODE', captureMode);
  const client = new PostHog('phc_key', { host: door.url, flushAt: 100, disableGeoip: true });
  const faults: unknown[] = [];
  client.on('error', (fault) => faults.push(fault));
  const uuid = (nth: number) => `00000000-0000-7000-8000-00000000000${nth}`;
  const uuids = [uuid(1), uuid(2), uuid(3)];
  client.capture({
    distinctId: 'd1',
    event: 'Product Viewed',
    properties: { product_id: 'p1' },
    timestamp,
    uuid: uuid(1),
  });
  client.capture({
    distinctId: 'd1',
    event: '$pageview',
    properties: { $current_url: 'https://shop.example/' },
    timestamp,
    uuid: uuid(2),
  });
  client.capture({ distinctId: 'd1', event: '加购 完成', timestamp, uuid: uuid(3) });
  client.identify({ distinctId: 'd1', properties: { email: 'a@b.co', plan: 'gold' } });
  client.alias({ distinctId: 'd1', alias: 'd0' });
  client.groupIdentify({ groupType: 'club', groupKey: 'g1', distinctId: 'd1' });
  await client.shutdown();

  const rows = door.rows(segmentWords);
  const events = rows.filter(({ entity }) => entity === 'events');
  expect(events.map(({ cells }) => [cells.behavior, cells.id_distinct]).toSorted()).toEqual(
    ['alias', 'group', 'identify', 'item_view', 'page_view', '加购 完成'].map((behavior) => [behavior, 'd1']),
  );
  const captured = events.filter(({ cells }) => uuids.includes(cells.event_id ?? ''));
  expect(captured.map(({ cells }) => [cells.event_id, cells.event_time])).toEqual(
    uuids.map((uuid) => [uuid, String(timestamp.getTime())]),
  );
  expect(new Set(events.map(({ cells }) => cells.event_id)).size).toBe(6);
  expect(events.find(({ cells }) => cells.behavior === 'alias')?.cells['id_distinct#2']).toBe('d0');
  expect(events.find(({ cells }) => cells.behavior === 'identify')?.cells.id_email).toBe('a@b.co');
  expect(rows.find(({ entity }) => entity === 'consumers')?.props).toEqual({ plan: 'gold' });
  expect(new Set(door.keys)).toEqual(new Set(['phc_key']));
  expect([...new Set(door.paths)]).toEqual(addresses);
  expect(faults).toEqual([]);
  expect(door.refused).toEqual([]);
});
