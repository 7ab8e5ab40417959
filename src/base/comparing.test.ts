import { describe, expect, test } from 'vitest';
import { newcombe, type Share, splitChance, welch } from './comparing.ts';

describe('the difference of two shares', () => {
  test.each<[string, Share, Share, number, number]>([
    ['Newcombe 1998, table II, (a)', [56, 70], [48, 80], 0.0524, 0.3339],
    ['Newcombe 1998, table II, (b)', [9, 10], [3, 10], 0.1705, 0.809],
    ['Newcombe 1998, table II, (d)', [5, 56], [0, 29], -0.0381, 0.1926],
    ['Newcombe 1998, table II, (g)', [10, 10], [0, 10], 0.6075, 1],
  ])('has the interval that was published: %s', (_, first, second, low, high) => {
    const found = newcombe(first, second);
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  test('of an empty group has none', () => expect(newcombe([0, 0], [1, 2])).toBeUndefined());
});

const sums = (values: readonly number[]) => ({
  count: values.length,
  sum: values.reduce((all, each) => all + each, 0),
  squares: values.reduce((all, each) => all + each * each, 0),
});

describe('the difference of two means', () => {
  test('is that of Student’s sleep data: t = -1.8608, df = 17.776, p = 0.07939', () => {
    const first = sums([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
    const second = sums([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
    const found = welch(first, second);
    expect(found?.difference).toBeCloseTo(-1.58, 10);
    expect(found?.p).toBeCloseTo(0.07939, 5);
    expect(found?.low).toBeCloseTo(-3.3654832, 6);
    expect(found?.high).toBeCloseTo(0.2054832, 6);
  });

  test('of values that do not vary is none', () => expect(welch(sums([1, 1]), sums([1, 1, 1]))).toBeUndefined());
});

describe('a split', () => {
  test.each([
    [900, 100, 0.9, 1],
    // χ² = (821 − 749)² / 1570 = 3.3019.
    [821, 749, 0.5, 0.0692],
    [870, 130, 0.9, 0.00157],
  ])('of %i to %i, where %f was meant, is of chance %f', (first, second, meant, p) => {
    expect(splitChance(first, second, meant)).toBeCloseTo(p, 4);
  });

  test('where nobody is to be kept out has no chance', () => expect(splitChance(10, 0, 1)).toBeUndefined());
});
