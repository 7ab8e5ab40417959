import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rudder } from '../../src/collector/protocols/rudder.ts';
import { segment } from '../../src/collector/protocols/segment.ts';
import { segmentWords } from '../../src/collector/words/segment.ts';
import { type Harness, openHarness } from './harness.ts';

let door: Harness;
const timestamp = new Date('2026-03-01T08:00:00.123Z');

beforeEach(async () => {
  door = await openHarness([segment, rudder]);
});
afterEach(() => door.close());

test.each([
  ['gzipped', true],
  ['plain', false],
])('each call of the Node client is one event, its bodies %s', async (_, gzip) => {
  const client = new RudderAnalytics('wk', {
    dataPlaneUrl: door.url,
    flushAt: 3,
    flushInterval: 50,
    gzip,
    logLevel: 'none',
  });
  const context = { consentManagement: { allowedConsentIds: ['ads'], deniedConsentIds: ['email'] } };
  client.identify({
    userId: 'u1',
    anonymousId: 'a1',
    traits: { phone: '13800138000', city: 'Hangzhou' },
    timestamp,
    messageId: 'm1',
  } as never);
  client.track({
    userId: 'u1',
    event: 'Product Added',
    properties: { sku: 's1', quantity: 2 },
    context,
    timestamp,
    messageId: 'm2',
  } as never);
  client.page({ anonymousId: 'a1', name: 'Home', timestamp, messageId: 'm3' } as never);
  client.screen({ anonymousId: 'a1', name: 'Start', timestamp, messageId: 'm4' } as never);
  client.group({ userId: 'u1', groupId: 'g1', timestamp, messageId: 'm5' } as never);
  client.alias({ userId: 'u1', previousId: 'a0', timestamp, messageId: 'm6' } as never);
  await expect
    .poll(() => door.entries.reduce((sum, { body }) => sum + JSON.parse(body.toString()).batch.length, 0), {
      timeout: 20_000,
    })
    .toBe(6);

  const rows = door.rows(segmentWords).filter(({ entity }) => entity === 'events');
  expect(rows.map(({ cells: { event_id, behavior, event_time } }) => [event_id, behavior, event_time])).toEqual(
    [
      ['m1', 'identify'],
      ['m2', 'cart'],
      ['m3', 'page_view'],
      ['m4', 'page_view'],
      ['m5', 'group'],
      ['m6', 'alias'],
    ].map((row) => [...row, String(timestamp.getTime())]),
  );
  expect(rows[0]?.cells).toMatchObject({ id_user: 'u1', id_anonymous: 'a1', id_phone: '13800138000' });
  expect(rows[1]?.cells).toMatchObject({ item_id: 's1', quantity: '2' });
  expect(rows[1]?.props).toMatchObject({ 'consent.ads': 'granted', 'consent.email': 'denied' });
  expect(rows[5]?.cells).toMatchObject({ id_user: 'u1', 'id_user#2': 'a0', id_anonymous: 'a0' });
  expect(new Set(door.keys)).toEqual(new Set(['wk']));
  expect(door.refused).toEqual([]);
});
