import { expect, test } from 'vitest';
import { inOrder, mostDistinct, ofTag, scaleOf, standsOut, type TgiCell, tagsOf } from './tgi.ts';

const cell = (tag: string, value: string, more: Partial<TgiCell> = {}): TgiCell => ({
  tag,
  value,
  consumers: 10,
  share: 0.5,
  base_share: 0.5,
  tgi: 100,
  low: 90,
  high: 110,
  q: 0.5,
  ...more,
});

const cells = [
  cell('gender', '*', { tgi: 300, q: 0 }),
  cell('gender', 'f', { tgi: 150, low: 140, high: 160, q: 0.001, consumers: 30 }),
  cell('gender', 'm', { tgi: 50, low: 45, high: 55, q: 0.001, consumers: 60 }),
  cell('city_tier', '1', { tgi: 120, q: 0.2 }),
  cell('city_tier', '2', { tgi: null, low: null, high: null, q: null }),
];

test('what stands out is told farthest first, half as far as double, and chance is left out', () => {
  expect(mostDistinct(cells, 5).map(({ value }) => value)).toEqual(['m', 'f']);
  expect(mostDistinct(cells, 1).map(({ value }) => value)).toEqual(['m']);
});

test.each([
  ['by its rate of false discoveries', cell('x', 'y', { q: 0.04 }), true],
  ['not where the rate is too high', cell('x', 'y', { q: 0.05, low: 101 }), false],
  ['without a rate by its interval', cell('x', 'y', { q: null, low: 101, high: 120 }), true],
  ['not where the interval holds the base', cell('x', 'y', { q: null, low: 99, high: 120 }), false],
])('stands out: %s', (_name, each, expected) => {
  expect(standsOut(each)).toBe(expected);
});

test('the values of a tag come by size, without the row of coverage', () => {
  expect(ofTag(cells, 'gender').map(({ value }) => value)).toEqual(['m', 'f']);
  expect(tagsOf(cells)).toEqual(['gender', 'city_tier']);
});

test.each([
  ['nothing', [], 200],
  ['up to 160', [cells[1]], 200],
  ['a high index', [cell('x', 'y', { tgi: 420, low: 400, high: 440 })], 450],
  ['an interval that is very wide', [cell('x', 'y', { tgi: 200, low: 10, high: 5000 })], 300],
])('the scale of %s', (_name, some, expected) => {
  expect(scaleOf(some.flatMap((each) => each ?? []))).toBe(expected);
});

test('stages come in their order, others behind, without the row of coverage', () => {
  const stages = ['*', 'none', 'L', 'A', 'P'].map((value) => cell('stage', value));
  const told = inOrder([...cells, ...stages], 'stage', ['A', 'I', 'P', 'L']);
  expect(told.map(({ value }) => value)).toEqual(['A', 'P', 'L', 'none']);
});
