import { expect, test } from 'vitest';
import { type Sample, speedBetween } from './speed.ts';

const at = (ms: number, done: number, rows?: number): Sample => ({ step: 'a.csv', at: ms, done, rows });

test.each([
  {
    name: 'half of the bytes in 2 s leave 2 s',
    first: at(0, 0, 0),
    last: at(2000, 50, 400),
    total: 100,
    is: { rows: 200, left: 2 },
  },
  {
    name: 'a step seen from its middle',
    first: at(0, 50, 400),
    last: at(1000, 75, 600),
    total: 100,
    is: { rows: 200, left: 1 },
  },
  {
    name: 'a step of unknown length has no end',
    first: at(0, 0, 0),
    last: at(1000, 10, 10),
    total: undefined,
    is: { rows: 10, left: undefined },
  },
  {
    name: 'a moment says nothing',
    first: at(0, 0, 0),
    last: at(100, 50, 400),
    total: 100,
    is: { rows: undefined, left: undefined },
  },
  {
    name: 'standing still says nothing',
    first: at(0, 5, 5),
    last: at(9000, 5, 5),
    total: 100,
    is: { rows: undefined, left: undefined },
  },
])('$name', ({ first, last, total, is }) => {
  expect(speedBetween(first, last, total)).toEqual(is);
});
