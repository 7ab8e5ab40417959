import { jitsuAnalytics } from '@jitsu/js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jitsu } from '../../src/collector/protocols/jitsu.ts';
import { segmentWords } from '../../src/collector/words/segment.ts';
import { type Harness, openHarness } from './harness.ts';

let door: Harness;
beforeEach(async () => {
  door = await openHarness([jitsu]);
});
afterEach(() => door.close());

test.each([
  ['browser', false],
  ['server', true],
])('each call of the client is one event, at the addresses for a %s', async (_, s2s) => {
  const client = jitsuAnalytics({
    host: door.url,
    writeKey: 'id:secret',
    s2s,
    errorPolicy: 'rethrow',
    privacy: { consentCategories: { ads: true, mail: false } },
  });
  await client.identify('u1', { email: 'a@b.co', plan: 'gold' });
  await client.track('Product Viewed', { product_id: 'p1' });
  await client.page({ url: 'https://shop.example/a' });
  await client.group('g1', { name: 'Club' });

  const rows = door.rows(segmentWords);
  const events = rows.filter(({ entity }) => entity === 'events');
  expect(events.map(({ cells }) => [cells.behavior, cells.id_user])).toEqual([
    ['identify', 'u1'],
    ['item_view', 'u1'],
    ['page_view', 'u1'],
    ['group', 'u1'],
  ]);
  const told = door.entries.map(({ body }) => JSON.parse(body.toString()));
  expect(events.map(({ cells }) => cells.event_id)).toEqual(told.map(({ messageId }) => messageId));
  expect(events.map(({ cells }) => cells.event_time)).toEqual(told.map((each) => String(Date.parse(each.timestamp))));
  expect(new Set(events.map(({ cells }) => cells.id_anonymous)).size).toBe(1);
  expect(events[1]?.props).toMatchObject({ 'consent.ads': 'granted', 'consent.mail': 'denied' });
  expect(rows.find(({ entity }) => entity === 'consumers')?.props).toEqual({ plan: 'gold' });
  expect(new Set(door.keys)).toEqual(new Set(['id:secret']));
  expect(door.refused).toEqual([]);
});
