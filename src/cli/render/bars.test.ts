import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barOf, placesOf, sparkline } from './bars.ts';

test.each([
  [0, ''],
  [0.00001, '▏'],
  [0.5, '██'],
  [0.53125, '██▏'],
  [1, '████'],
  [7, '████'],
])('a bar of %f in four places', (share, drawn) => {
  expect(barOf(share, 4)).toBe(drawn);
});

test.each([
  [[0, 7], '▁█'],
  [[1, 2, 3], '▁▅█'],
  [[5, 5], '▄▄'],
  [[1, null, 2], '▁ █'],
])('a sparkline of %j', (values, drawn) => {
  expect(sparkline(values)).toBe(drawn);
});

test.each([
  [
    [60, 30, 10],
    [6, 3, 1],
  ],
  [
    [1000, 1, 0],
    [9, 1, 0],
  ],
  [
    [0, 0],
    [0, 0],
  ],
])('parts %j of ten places', (parts, places) => {
  expect(placesOf(parts, 10)).toEqual(places);
});

test('places add up to the width, and only what is nothing gets none', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), (parts) => {
      const places = placesOf(parts, 30);
      const isEmpty = parts.every((part) => part === 0);
      expect(places.reduce((sum, place) => sum + place, 0)).toBe(isEmpty ? 0 : 30);
      expect(places.map((place) => place > 0)).toEqual(parts.map((part) => part > 0));
    }),
    { seed: 1 },
  );
});
