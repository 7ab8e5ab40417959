import { describe, expect, test } from 'vitest';
import { sql } from '../../src/warehouse/sql.ts';
import { serveHome } from './served.ts';

/** Moments around the ends of business days, and the day each belongs to; a second apart where the day ends between. */
const zones: Readonly<Record<string, ReadonlyArray<readonly [moment: string, day: string]>>> = {
  'Asia/Shanghai': [
    ['2025-11-10T15:59:59.999Z', '2025-11-10'],
    ['2025-11-10T16:00:00.000Z', '2025-11-11'],
    ['2025-11-11T23:59:59+08:00', '2025-11-11'],
  ],
  UTC: [
    ['2025-12-31T23:59:59.999Z', '2025-12-31'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01'],
    ['2026-01-01T07:30:00+08:00', '2025-12-31'],
  ],
  // Clocks went forward on 9 March 2025 and back on 2 November: days of 23 and of 25 hours.
  'America/New_York': [
    ['2025-03-09T04:59:59Z', '2025-03-08'],
    ['2025-03-09T05:00:00Z', '2025-03-09'],
    ['2025-03-10T03:59:59Z', '2025-03-09'],
    ['2025-03-10T04:00:00Z', '2025-03-10'],
    ['2025-11-02T03:59:59Z', '2025-11-01'],
    ['2025-11-02T04:00:00Z', '2025-11-02'],
    ['2025-11-02T05:30:00Z', '2025-11-02'],
    ['2025-11-02T06:30:00Z', '2025-11-02'],
    ['2025-11-03T04:59:59Z', '2025-11-02'],
    ['2025-11-03T05:00:00Z', '2025-11-03'],
  ],
  // The 25th of April 2025 began at one in the morning; the last hour of the 30th of October came twice.
  'Africa/Cairo': [
    ['2025-04-24T21:59:59Z', '2025-04-24'],
    ['2025-04-24T22:00:00Z', '2025-04-25'],
    ['2025-10-30T20:30:00Z', '2025-10-30'],
    ['2025-10-30T21:30:00Z', '2025-10-30'],
    ['2025-10-30T22:00:00Z', '2025-10-31'],
  ],
};

describe.each(Object.entries(zones))('a business day of %s', (zone, moments) => {
  test('holds the live events of its hours and no others, also where clocks change', async () => {
    const home = await serveHome(() => new Date('2026-07-15T00:00:00Z'), `zone: ${zone}\n`);
    try {
      const key = await home.source('web');
      const batch = moments.map(([timestamp], i) => ({
        ...{ type: 'track', event: 'Product Added', messageId: `m${i}`, timestamp, userId: `user-${i}` },
      }));
      expect((await home.send(key, '/v1/batch', { batch })).status).toBe(200);
      const rows = await home.rows<{ event_id: string; day: string }>(sql`SELECT event_id, day FROM events`);
      const days = new Map(rows.map(({ event_id, day }) => [event_id, day]));
      expect(moments.map(([moment], i) => [moment, days.get(`m${i}`)])).toEqual(moments);
      const on = moments[0]?.[1] ?? '';
      const { product } = home.running().services;
      const { rows: stock } = await product.run('aipl-stock', { on }, () => {});
      const interested = moments.filter(([, day]) => day === on).length;
      expect(stock.find(({ stage }) => stage === 'I')).toEqual({ stage: 'I', consumers: interested });
    } finally {
      await home.close();
    }
  });
});
