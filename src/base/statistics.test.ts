import { expect, test } from 'vitest';
import { falseDiscovery, sharesDiffer, twoSided, wilson } from './statistics.ts';

/** R: prop.test(x, n, correct = FALSE)$conf.int */
const intervals: readonly (readonly [some: number, all: number, low: number, high: number])[] = [
  [15, 50, 0.1910355, 0.4375035],
  [0, 10, 0, 0.2775328],
  [10, 10, 0.7224672, 1],
  [1, 2, 0.0945312, 0.9054688],
];
test.each(intervals)('Wilson of %i of %i is as in R', (some, all, low, high) => {
  expect(wilson(some, all)).toEqual({ low: expect.closeTo(low, 6), high: expect.closeTo(high, 6) });
});

test('of nobody there is no interval', () => {
  expect(wilson(0, 0)).toBeUndefined();
});

/** R: 2 * pnorm(-z) */
const tails: readonly (readonly [z: number, p: number])[] = [
  [0, 1],
  [1, 0.3173105078629141],
  [-1.959963984540054, 0.05],
  [2.8, 0.005110260660855],
  [3, 0.0026997960632601866],
  [6, 1.973175290075396e-9],
];
test.each(tails)('a normal number as far from 0 as %d', (z, p) => {
  expect(twoSided(z) / p).toBeCloseTo(1, 9);
});

test('two shares: 15 of 50 against 5 of 50 is R’s prop.test without correction', () => {
  // X-squared = 6.25, p = 0.01241933
  expect(sharesDiffer([15, 50], [5, 50])).toBeCloseTo(0.01241933, 7);
  expect(sharesDiffer([5, 5], [7, 7])).toBeUndefined();
  expect(sharesDiffer([1, 5], [0, 0])).toBeUndefined();
});

test('Benjamini and Hochberg’s own fifteen chances (1995) as in R’s p.adjust', () => {
  const chances = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const rates = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765, 0.486, 0.58118182, 0.714875,
    0.75323077, 0.81321429, 1,
  ];
  expect(falseDiscovery(chances)).toEqual(rates.map((rate) => expect.closeTo(rate, 7)));
  expect(falseDiscovery([...chances].reverse())).toEqual([...rates].reverse().map((rate) => expect.closeTo(rate, 7)));
});
