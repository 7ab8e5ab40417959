import { Analytics } from '@segment/analytics-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LiveRow } from '../../src/collector/protocol.ts';
import { segment } from '../../src/collector/protocols/segment.ts';
import { segmentWords } from '../../src/collector/words/segment.ts';
import { type Harness, openHarness } from './harness.ts';

let door: Harness;
let client: Analytics;
const timestamp = new Date('2026-03-01T08:00:00.123Z');

beforeEach(async () => {
  door = await openHarness([segment]);
  client = new Analytics({ writeKey: 'wk', host: door.url, flushAt: 50, maxRetries: 0 });
});
afterEach(() => door.close());

const events = (rows: readonly LiveRow[]) => rows.filter(({ entity }) => entity === 'events');

test('each call of the Node client is one event, with its id, time and identifiers', async () => {
  client.identify({
    userId: 'u1',
    anonymousId: 'a1',
    traits: { email: 'a@b.co', plan: 'gold' },
    timestamp,
    messageId: 'm1',
  });
  client.track({ userId: 'u1', event: 'Product Viewed', properties: { product_id: 'p1' }, timestamp, messageId: 'm2' });
  client.page({
    anonymousId: 'a1',
    name: 'Home',
    properties: { url: 'https://shop.example/' },
    timestamp,
    messageId: 'm3',
  });
  client.screen({ anonymousId: 'a1', name: 'Start', timestamp, messageId: 'm4' });
  client.group({ userId: 'u1', groupId: 'g1', timestamp, messageId: 'm5' });
  client.alias({ userId: 'u1', previousId: 'a0', timestamp, messageId: 'm6' });
  await client.closeAndFlush();

  const rows = door.rows(segmentWords);
  expect(events(rows).map(({ cells: { event_id, behavior, event_time } }) => [event_id, behavior, event_time])).toEqual(
    [
      ['m1', 'identify'],
      ['m2', 'item_view'],
      ['m3', 'page_view'],
      ['m4', 'page_view'],
      ['m5', 'group'],
      ['m6', 'alias'],
    ].map((row) => [...row, String(timestamp.getTime())]),
  );
  expect(events(rows).map(({ cells }) => Object.entries(cells).filter(([name]) => name.startsWith('id_')))).toEqual([
    [
      ['id_user', 'u1'],
      ['id_anonymous', 'a1'],
      ['id_email', 'a@b.co'],
    ],
    [['id_user', 'u1']],
    [['id_anonymous', 'a1']],
    [['id_anonymous', 'a1']],
    [['id_user', 'u1']],
    [
      ['id_user', 'u1'],
      ['id_user#2', 'a0'],
      ['id_anonymous', 'a0'],
    ],
  ]);
  expect(rows.find(({ entity }) => entity === 'consumers')).toEqual({
    entity: 'consumers',
    cells: { id_user: 'u1', id_anonymous: 'a1', id_email: 'a@b.co' },
    props: { plan: 'gold' },
  });
  expect(door.refused).toEqual([]);
});

test('a hundred events in batches arrive once each, with the key of the client', async () => {
  const sent = Array.from({ length: 100 }, (_, nth) => `m${nth}`);
  for (const messageId of sent) client.track({ userId: 'u', event: 'Cart Viewed', messageId });
  await client.closeAndFlush();
  expect(
    events(door.rows())
      .map(({ cells }) => cells.event_id)
      .toSorted(),
  ).toEqual(sent.toSorted());
  expect(door.keys).toEqual(['wk', 'wk']);
});
