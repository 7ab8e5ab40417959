import { expect, test } from 'vitest';
import { daysOf, linesOf, mostMoved, type TrendCell } from './trend.ts';

const cell = (on: string, value: string, consumers: number, share: number | null): TrendCell => ({
  ...{ on, tag: 'gender', value, consumers, share },
  ...{ base_share: 0.5, tgi: share === null ? null : 200 * share, low: null, high: null },
});

const cells = [
  cell('2026-06-08', '*', 10, 1),
  cell('2026-06-08', 'f', 6, 0.6),
  cell('2026-06-08', 'm', 4, 0.4),
  cell('2026-06-15', '*', 40, 1),
  cell('2026-06-15', 'm', 30, 0.75),
  cell('2026-06-22', '*', 40, 1),
  cell('2026-06-22', 'f', 10, 0.25),
  cell('2026-06-22', 'm', 30, 0.7),
];

test.each([
  [
    'a line a value, the greatest first, with a gap where a day does not tell it',
    'share',
    9,
    { m: [0.4, 0.75, 0.7], f: [0.6, null, 0.25] },
  ],
  ['the same of the index', 'tgi', 9, { m: [80, 150, 140], f: [120, null, 50] }],
  ['no more lines than are wanted', 'share', 1, { m: [0.4, 0.75, 0.7] }],
] as const)('%s', (_, measure, most, lines) => {
  const found = linesOf(cells, measure, most);
  expect(Object.fromEntries(found.map(({ value, values }) => [value, values]))).toEqual(lines);
  expect(found[0]?.value).toBe('m');
});

test.each([
  ['the value that moved the most from the first day to the last', cells, { value: 'f', from: 0.6, to: 0.25 }],
  ['of one day nothing has moved', cells.filter(({ on }) => on === '2026-06-08'), undefined],
  ['nor of nobody', [cell('2026-06-08', 'f', 0, null), cell('2026-06-15', 'f', 0, null)], undefined],
])('%s', (_, some, expected) => {
  expect(mostMoved(some)).toEqual(expected);
  expect(daysOf(some)).toEqual(daysOf(some).toSorted());
});
