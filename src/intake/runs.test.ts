import { describe, expect, test } from 'vitest';
import { byNumber, numbersOf, type Run, runsOf } from './runs.ts';

describe('numbers of files are kept as runs', () => {
  const rows: ReadonlyArray<readonly [what: string, numbers: readonly number[], runs: readonly Run[]]> = [
    ['none', [], []],
    ['one', [7], [[7, 1, 1]]],
    ['one after another', [4, 5, 6], [[4, 3, 1]]],
    ['in turn with two other sources', [1, 4, 7, 10], [[1, 4, 3]]],
    [
      'with a gap',
      [1, 2, 3, 8, 9],
      [
        [1, 3, 1],
        [8, 2, 1],
      ],
    ],
    ['in no order', [3, 1, 2], [[1, 3, 1]]],
  ];
  test.each(rows)('%s', (_, numbers, runs) => {
    expect(runsOf(numbers)).toEqual(runs);
    expect(runs.flatMap(numbersOf)).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('and grow by later ones', () => {
    expect(runsOf([7, 9], [[1, 3, 2]])).toEqual([[1, 5, 2]]);
  });
});

describe('a number of facts finds its file', () => {
  const find = byNumber([
    { id: 1, numbers: [[1, 4, 3]] },
    { id: 2, numbers: [[2, 4, 3]] },
    { id: 5000, numbers: null },
  ] satisfies ReadonlyArray<{ id: number; numbers: readonly Run[] | null }>);
  const rows: ReadonlyArray<readonly [number: number, file: number | undefined]> = [
    [1, 1],
    [10, 1],
    [13, undefined],
    [5, 2],
    [3, undefined],
    [5000, 5000],
  ];
  test.each(rows)('%i', (number, file) => {
    expect(find(number)?.id).toBe(file);
  });
});
