import { expect, test } from 'vitest';
import { placeOn, sizeAt, usualSize } from './sizes.ts';

const curve = [
  { part: 0.01, consumers: 100, caught: 0.1, density: 0.5, alike: 0.6 },
  { part: 0.05, consumers: 500, caught: 0.3, density: 0.3, alike: 0.4 },
  { part: 1, consumers: 10_000, caught: 1, density: 0.01, alike: 0.05 },
];

test.each([
  { consumers: 500, expected: { part: 0.05, consumers: 500, caught: 0.3, density: 0.3, alike: 0.4 } },
  { consumers: 300, expected: { part: 0.03, consumers: 300, caught: 0.2, density: 0.4, alike: 0.5 } },
  { consumers: 10, expected: { part: 0.01, consumers: 10, caught: 0.1, density: 0.5, alike: 0.6 } },
  { consumers: 20_000, expected: { part: 1, consumers: 10_000, caught: 1, density: 0.01, alike: 0.05 } },
])('a size of $consumers is expected to be as the curve says', ({ consumers, expected }) => {
  const size = sizeAt(curve, consumers);
  expect(size?.consumers).toBe(expected.consumers);
  for (const name of ['part', 'caught', 'density', 'alike'] as const) expect(size?.[name]).toBeCloseTo(expected[name]);
});

test('the first proposal is a twentieth, or all where the curve ends before', () => {
  expect(usualSize(curve)?.consumers).toBe(500);
  expect(usualSize(curve.slice(0, 1))?.consumers).toBe(100);
  expect(usualSize([])).toBeUndefined();
});

test('a size stands at the nearest place of the curve', () => {
  expect([0, 120, 460, 9_999].map((consumers) => placeOn(curve, consumers))).toEqual([0, 0, 1, 2]);
});
