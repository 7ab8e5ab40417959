import { expect, test } from 'vitest';
import { sparkPath } from './sparkPath.ts';

test.each([
  ['the least stands at the bottom and the most at the top', [1, 3, 2], 'M0.0 20.0L50.0 0.0L100.0 10.0'],
  ['a gap lifts the pen', [1, null, 3], 'M0.0 20.0M100.0 0.0'],
  ['a level line lies in the middle', [5, 5], 'M0.0 10.0L100.0 10.0'],
])('%s', (_, values, path) => {
  expect(sparkPath(values, 100, 20)).toBe(path);
});
