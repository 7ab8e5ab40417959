import { expect, test } from 'vitest';
import { ask, lens, peopleOf, store, tell } from '../testing/world.ts';
import { fast } from './fast.ts';
import { fastTrend } from './fast-trend.ts';
import { wholePeriods } from './periods.ts';

const { warehouse } = store();

const told = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map(
    ({ date, metric, value, numerator, denominator }) =>
      `${date} ${metric} ${value} ${numerator}${denominator === null ? '' : `/${denominator}`}`,
  );

test('each whole week has its own four metrics, and a week that the range cuts has none', async () => {
  await tell(warehouse(), {
    events: [
      { consumer: 1, time: '2026-06-02', behavior: 'click' },
      { consumer: 1, time: '2026-06-12', behavior: 'cart' },
      { consumer: 2, time: '2026-06-09', behavior: 'click' },
    ],
    orders: [{ consumer: 3, paid: '2026-06-04', refund: 100, refunded: '2026-06-09' }],
    members: [{ consumer: 1, joined: '2026-06-10' }],
  });
  // The weeks of the range: 06-01 to 06-07 and 06-08 to 06-14.
  const asked = { from: '2026-05-31', to: '2026-06-20', unit: 'week' };
  const rows = await ask(warehouse(), fastTrend, asked);
  expect(told(rows)).toEqual([
    '2026-06-07 F 2 2',
    '2026-06-07 A null 0/0',
    '2026-06-07 S 0 0',
    '2026-06-07 T null 0/0',
    '2026-06-14 F 3 3',
    '2026-06-14 A 0.5 1/2',
    '2026-06-14 S 1 1',
    '2026-06-14 T 1 1/1',
  ]);
  expect(await Promise.all(rows.map((row) => peopleOf(warehouse(), fastTrend, row, asked)))).toEqual([
    [1, 3],
    [],
    [],
    [],
    [1, 2, 3],
    [1],
    [1],
    [1],
  ]);
});

/** Consumers whose facts come on days drawn by a fixed walk over the quarter. */
function walked(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const day = () => `2026-0${4 + next(3)}-${String(1 + next(30)).padStart(2, '0')}`;
  const behaviors = ['click', 'item_view', 'cart', 'favorite', 'follow', 'unfollow', 'coupon_claim'];
  const consumer = () => 1 + next(40);
  const later = (one: string, two: string) => (one < two ? { first: one, last: two } : { first: two, last: one });
  return {
    events: Array.from({ length: 150 }, () => ({
      consumer: consumer(),
      time: day(),
      behavior: behaviors[next(behaviors.length)] ?? '',
    })),
    orders: Array.from({ length: 30 }, (_, i) => {
      const { first, last } = later(day(), day());
      return { consumer: consumer(), paid: first, ...(i % 3 === 0 ? { refund: 100, refunded: last } : {}) };
    }),
    members: Array.from({ length: 20 }, (_, i) => {
      const { first, last } = later(day(), day());
      return { consumer: consumer(), joined: first, ...(i % 2 === 0 && first < last ? { quit: last } : {}) };
    }),
  };
}

test.each([
  { unit: 'day', from: '2026-05-29', to: '2026-05-31', scope: {} },
  { unit: 'week', from: '2026-05-01', to: '2026-05-31', scope: {} },
  { unit: 'month', from: '2026-04-01', to: '2026-06-30', scope: { brand: 'Other' } },
  { unit: 'month', from: '2026-04-01', to: '2026-06-30', scope: {} },
] as const)(
  'every $unit of $from to $to is what fast says of it alone, in the scope $scope',
  async ({ unit, from, to, scope }) => {
    await tell(warehouse(), walked(7));
    const seen = lens(scope);
    const trend = await ask(warehouse(), fastTrend, { from, to, unit }, seen);
    const apart = [];
    for (const period of wholePeriods(unit, { from, to }))
      for (const row of await ask(warehouse(), fast, { ...period }, seen)) apart.push({ date: period.to, ...row });
    expect(apart.length).toBeGreaterThan(8);
    expect(trend).toEqual(apart);
  },
);

test('an empty store has a point for every period, of zeros', async () => {
  await tell(warehouse(), {});
  const rows = await ask(warehouse(), fastTrend, { from: '2026-06-01', to: '2026-06-02', unit: 'day' });
  expect(rows.map(({ date, numerator }) => [date, numerator])).toEqual([
    ...Array(4).fill(['2026-06-01', 0]),
    ...Array(4).fill(['2026-06-02', 0]),
  ]);
});

test.each([
  { name: 'a range without a whole month', given: { from: '2026-06-02', to: '2026-07-30', unit: 'month' } },
  {
    name: 'a range of more days than a picture has room for',
    given: { from: '2020-01-01', to: '2026-07-30', unit: 'day' },
  },
  { name: 'a range that ends before it begins', given: { from: '2026-06-02', to: '2026-06-01', unit: 'day' } },
])('$name is refused', ({ given }) => {
  expect(fastTrend.params.safeParse(given).success).toBe(false);
});
