import {
  buildAddToCart,
  buildEcommerceTransaction,
  buildEcommerceTransactionItem,
  buildPageView,
  buildScreenView,
  buildSelfDescribingEvent,
  buildSiteSearch,
  buildStructEvent,
  newTracker,
  type Tracker,
} from '@snowplow/node-tracker';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LiveRow } from '../../src/collector/protocol.ts';
import { snowplow } from '../../src/collector/protocols/snowplow.ts';
import { words } from '../../src/collector/vocabulary.ts';
import { type Harness, openHarness } from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness([snowplow]);
});
afterEach(() => harness.close());

const happened = Date.UTC(2026, 2, 1);
const ecommerce = (name: string, data: Record<string, unknown>) => ({
  schema: `iglu:com.snowplowanalytics.snowplow.ecommerce/${name}/jsonschema/1-0-0`,
  data,
});
const purchase = () =>
  buildSelfDescribingEvent({ event: ecommerce('snowplow_ecommerce_action', { type: 'transaction' }) });
const purchased = [
  ecommerce('transaction', {
    transaction_id: 'T1',
    revenue: 100,
    currency: 'CNY',
    payment_method: 'alipay',
    total_quantity: 3,
  }),
  ecommerce('product', { id: 'i1', category: 'Care/面霜', price: 40, currency: 'CNY', quantity: 2 }),
  ecommerce('product', { id: 'i2', category: 'Care', price: 40, currency: 'CNY', quantity: 1 }),
];

interface Seen {
  readonly behavior: string | undefined;
  readonly id: string | undefined;
}

/** Tells the tracker a little of everything; gives the ids it chose, by behaviour. */
function tellAll(tracker: Tracker): Seen[] {
  const at = { type: 'dtm', value: happened } as const;
  const told: [string, ReturnType<Tracker['track']>][] = [
    [
      'page_view',
      tracker.track(buildPageView({ pageUrl: 'https://a.cn/?utm_source=xhs', pageTitle: '面霜 😀' }), [], at),
    ],
    ['page_view', tracker.track(buildScreenView({ name: 'home', id: 's1' }), [], at)],
    ['skin_tested', tracker.track(buildStructEvent({ category: 'quiz', action: 'skin tested', value: 7 }), [], at)],
    ['search', tracker.track(buildSiteSearch({ terms: ['dry', 'skin'] }), [], at)],
    ['cart', tracker.track(buildAddToCart({ sku: 'i1', quantity: 2, unitPrice: 40, category: 'Care' }), [], at)],
    ['pay', tracker.track(buildEcommerceTransaction({ orderId: 'T0', total: 99.5, currency: 'CNY' }), [], at)],
    [
      'transaction_item',
      tracker.track(buildEcommerceTransactionItem({ orderId: 'T0', sku: 'i1', price: 99.5 }), [], at),
    ],
    ['pay', tracker.track(purchase(), purchased, at)],
  ];
  return told.map(([behavior, payload]) => ({ behavior, id: String(payload?.eid) }));
}

/** Behaviours and ids of rows, a purchase's lines as one. */
function seen(rows: readonly LiveRow[]): Seen[] {
  const all = rows.map(({ cells }) =>
    JSON.stringify({ behavior: cells.behavior, id: cells.event_id?.replace(/#\d+$/, '') }),
  );
  return [...new Set(all)].map((text) => JSON.parse(text) as Seen);
}

const byId = (left: Seen, right: Seen) => String(left.id).localeCompare(String(right.id));

describe('the Snowplow node tracker, unmodified', () => {
  test.each([
    ['get', true],
    ['get', false],
    ['post', true],
    ['post', false],
  ] as const)('by %s, base64 %s, every event is there once', async (eventMethod, encodeBase64) => {
    const failures: unknown[] = [];
    const tracker = newTracker(
      { namespace: 'n', appId: 'k1', encodeBase64 },
      { endpoint: harness.url, eventMethod, bufferSize: 100, onRequestFailure: (failure) => failures.push(failure) },
    );
    tracker.setUserId('u1');
    tracker.setDomainUserId('d1');
    const told = tellAll(tracker);
    await tracker.flush();

    const rows = harness.rows(words);
    expect([failures, harness.refused]).toEqual([[], []]);
    expect(new Set(harness.keys)).toEqual(new Set(['k1']));
    expect(rows).toHaveLength(told.length + 1);
    expect(seen(rows).sort(byId)).toEqual(told.sort(byId));
    for (const { cells, props } of rows) {
      expect(cells).toMatchObject({ event_time: String(happened), id_user: 'u1', id_anonymous: 'd1' });
      expect(Number(props.sent_time)).toBeGreaterThan(happened);
      expect(JSON.stringify(props)).not.toContain('k1');
    }
    const lines = rows.filter(({ cells }) => cells.order_id === 'T1').map(({ cells }) => [cells.item_id, cells.amount]);
    expect(lines).toEqual([
      ['i1', '66.67'],
      ['i2', '33.33'],
    ]);
    expect(rows.find(({ props }) => props.page_title === '面霜 😀')?.cells.channel).toBe('xhs');
  });
});
