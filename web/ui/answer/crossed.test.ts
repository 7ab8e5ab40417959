import { expect, test } from 'vitest';
import { crossed } from './crossed.ts';

const rows = [
  { date: '06-01', stage: 'A', consumers: 5 },
  { date: '06-01', stage: 'I', consumers: 2 },
  { date: '06-02', stage: 'A', consumers: 7 },
];

test('rows are found by name and series, and a pair nobody shows is absent', () => {
  const { names, series, at } = crossed(rows, 'date', 'consumers', 'stage');
  expect([names, series]).toEqual([
    ['06-01', '06-02'],
    ['A', 'I'],
  ]);
  expect([at(0, 1)?.consumers, at(1, 0)?.consumers, at(1, 1)]).toEqual([7, 2, undefined]);
});

test('without a column of series there is one', () => {
  const { series, at } = crossed([{ stage: 'A', consumers: 5 }], 'stage', 'consumers', undefined);
  expect(series).toHaveLength(1);
  expect(at(0, 0)?.consumers).toBe(5);
});
