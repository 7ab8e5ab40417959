import { expect, test } from 'vitest';
import { bestOf, hasFew } from './enough.ts';

const row = (consumers: number, rate: number) => ({ consumers, rate });

test('a rate of a handful of consumers is never the best', () => {
  expect(bestOf([row(29, 0.9), row(30, 0.2), row(500, 0.3)])).toEqual(row(500, 0.3));
  expect(bestOf([row(29, 0.9)])).toBeUndefined();
  expect(hasFew([row(30, 0.2), row(29, 0.9)])).toBe(true);
  expect(hasFew([row(30, 0.2)])).toBe(false);
});
