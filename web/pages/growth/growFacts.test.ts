import { expect, test } from 'vitest';
import { byCategory, bySource, strongest } from './growFacts.ts';

const row = (category_id: string, metric: string, value: number) => ({ category_id, metric, value });
const rows = [row('c1', 'G', 100), row('c1', 'R', -30), row('c2', 'G', -200), row('c3', 'W', 50)];

test('categories come with the largest change first, falls among them', () => {
  expect(byCategory(rows).map(({ category, sum }) => [category, sum])).toEqual([
    ['c2', -200],
    ['c1', 70],
    ['c3', 50],
  ]);
});

test('sources are summed over categories, and one without rows is zero', () => {
  const sources = bySource(rows, ['G', 'R', 'O', 'W']);
  expect(sources.map(({ value }) => value)).toEqual([-100, -30, 0, 50]);
  expect(strongest(sources)).toEqual({ metric: 'G', value: -100 });
  expect(strongest(bySource([], ['G']))).toBeUndefined();
});
