import { expect, test } from 'vitest';
import { nearestLine } from './nearestLine.ts';

const lines = [{ values: [10, 100] }, { values: [30, null] }];

test.each([
  ['the nearest line by value', 0, 22, false, 1],
  ['the nearest line by value', 0, 18, false, 0],
  ['a line without a value is not meant', 1, 0, false, 0],
  ['the area that holds the place', 0, 5, true, 0],
  ['the area that holds the place', 0, 35, true, 1],
  ['above all areas the top one', 0, 90, true, 1],
  ['no day, no line', 2, 5, false, undefined],
])('%s', (_, at, value, stacked, line) => {
  expect(nearestLine(lines, at, value, stacked)).toBe(line);
});
