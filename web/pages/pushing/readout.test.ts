import { expect, test } from 'vitest';
import { fourLines, isFair, liftedOf, placeOf, type ReadoutRow, reachOf, verdictOf } from './readout.ts';

const row = (metric: string, more: Partial<ReadoutRow> = {}): ReadoutRow => ({
  ...{ metric, treated: 900, control: 100, treated_value: null, control_value: null, lift: null },
  ...{ relative: null, low: null, high: null, p: null },
  ...more,
});

test.each([
  { low: 0.004, high: 0.02, verdict: 'better' },
  { low: -0.02, high: -0.004, verdict: 'worse' },
  { low: -0.004, high: 0.02, verdict: 'unclear' },
  { low: 0, high: 0.02, verdict: 'unclear' },
] as const)('an interval from $low to $high is $verdict', ({ low, high, verdict }) => {
  expect(verdictOf({ lift: (low + high) / 2, low, high })).toBe(verdict);
});

test.each([
  { p: null, fair: true },
  { p: 0.5, fair: true },
  { p: 0.001, fair: true },
  { p: 0.0009, fair: false },
])('a split of p $p is fair: $fair', ({ p, fair }) => {
  expect(isFair(row('split', { p }))).toBe(fair);
});

test('a lift without its interval is none', () => {
  expect(liftedOf(row('purchase', { lift: 0.1, low: null, high: 0.2 }))).toBeUndefined();
  expect(liftedOf(row('purchase', { lift: 0.1, low: 0.05, high: 0.2 }))).toEqual({ lift: 0.1, low: 0.05, high: 0.2 });
});

test('a scale lies evenly around no difference and holds every interval', () => {
  const reach = reachOf([
    { lift: 1, low: -2, high: 3 },
    { lift: 0, low: -4, high: 4 },
  ]);
  expect(reach).toBeCloseTo(4.2);
  expect([-reach, 0, reach, 2 * reach].map((value) => placeOf(value, reach))).toEqual([0, 50, 100, 100]);
  expect(reachOf([])).toBe(1);
});

test('the four lines are shares of those who bought, and the relative uplift of deepening', () => {
  const rows = [
    row('purchase', { treated_value: 0.2, control_value: 0.1 }),
    row('category_new', { treated_value: 0.12, control_value: 0.02 }),
    row('brand_new', { treated_value: 0.1, control_value: 0.05 }),
    row('deepening', { relative: 0.3 }),
    row('strategic_crowd_share', { treated_value: 0.7, control_value: 0.6 }),
  ];
  const [category, brand, strategic, deepening] = fourLines(rows);
  expect(category?.treated).toBeCloseTo(0.6);
  expect(category?.control).toBeCloseTo(0.2);
  expect([brand?.treated, brand?.control]).toEqual([0.5, 0.5]);
  expect([strategic?.treated, strategic?.control]).toEqual([0.7, 0.6]);
  expect([deepening?.treated, deepening?.control]).toEqual([0.3, null]);
});

test('where nobody bought or a group is too small the lines are unknown', () => {
  const rows = [row('purchase', { treated_value: 0, control_value: null }), row('category_new', { treated_value: 0 })];
  expect(fourLines(rows).map(({ treated, control }) => [treated, control])).toEqual([
    [null, null],
    [null, null],
    [null, null],
    [null, null],
  ]);
});
