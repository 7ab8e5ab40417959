import { expect, test } from 'vitest';
import { after, costOf, memoryOf, speedOf, USUAL_SPEED } from './cost.ts';
import { bytesIn, LEAST_MEMORY, usualMemory } from './room.ts';
import type { Run } from './runs.ts';

const run = (seconds: number, rows = 0, memory = 0, size = 1e8): Run => ({ seconds, rows, memory, size });

test.each([
  ['nothing known, few rows', 1e6, [], LEAST_MEMORY],
  ['nothing known, 40 M rows at 16 bytes', 40e6, [], 640e6],
  ['nothing known, very many rows', 1e9, [], 1400e6],
  ['runs too short to be seen', 1e9, [run(0.1), run(0.2)], LEAST_MEMORY],
  ['the largest of the runs and a quarter', 1e8, [run(2, 0, 400e6), run(2, 0, 300e6)], 500e6],
  ['a run on half of the rows', 2e8, [run(2, 0, 400e6)], 1000e6],
])('memory by %s', (_, size, runs, memory) => {
  expect(memoryOf(size, runs, { least: LEAST_MEMORY, most: 1400e6 })).toBe(memory);
});

test.each([
  ['by rows, a third to threefold', 60e6, [], 2, 18, 'rows', false],
  ['by rows, heavy', 100e6, [], 3.3, 30, 'rows', true],
  ['by one run, half as much more or less', 60e6, [run(6)], 4, 9, 'runs', false],
  ['by three runs, between them', 60e6, [run(6), run(4), run(5)], 4, 6, 'runs', false],
  ['by runs that read a third of the rows', 60e6, [run(6, 20e6), run(4, 20e6)], 12, 18, 'runs', true],
  ['by a run when there were half of the rows', 60e6, [run(6, 0, 0, 50e6), run(6, 0, 0, 100e6)], 6, 12, 'runs', true],
  [
    'by runs seen after ten rows, whose time was no reading',
    1000,
    [run(0.6, 10), run(0.5, 10)],
    0.5,
    0.6,
    'runs',
    false,
  ],
  ['by runs of a small home, and the rows of a large one', 60e6, [run(1, 1e4), run(2, 1e4)], 7, 8, 'runs', false],
  ['by runs of a small home too short to be seen', 60e6, [run(1, 0, 0, 1e4), run(2, 0, 0, 1e4)], 11, 12, 'runs', true],
])('seconds %s', (_, rows, runs, from, to, origin, heavy) => {
  const cost = costOf({ rows, bytes: 7, size: 1e8 }, runs, USUAL_SPEED, 256e6);
  const told = { rows, bytes: 7, memory: 256e6, seconds: { from, to }, first: 0, origin, runs: runs.length, heavy };
  expect(cost).toEqual(told);
});

test.each([
  ['nothing to find before it', 0, 4, 9, false],
  ['a little', 2.04, 6, 11, false],
  ['what takes longer than a reader waits', 265, 269, 274, true],
])('seconds with %s', (_, first, from, to, heavy) => {
  const cost = costOf({ rows: 60e6, bytes: 7, size: 1e8 }, [run(6)], USUAL_SPEED, 256e6);
  expect(after(first, cost)).toMatchObject({ seconds: { from, to }, first: Math.round(first * 10) / 10, heavy });
});

test.each([
  ['nothing', [], USUAL_SPEED],
  ['runs that read little', [run(1, 1000)], USUAL_SPEED],
  ['the middle of the others', [run(1, 2e6), run(1, 9e6), run(2, 8e6), run(1, 10)], 4e6],
])('rows a second by %s', (_, runs, speed) => {
  expect(speedOf(runs)).toBe(speed);
});

test.each([
  ['a machine', { total: 10e9, held: undefined }, 4e9],
  ['a machine whose processes are held to nothing', { total: 10e9, held: 2 ** 63 }, 4e9],
  ['a container', { total: 10e9, held: 5e9 }, 2e9],
  ['a very small one', { total: 10e9, held: 3e8 }, LEAST_MEMORY],
])('memory of all questions on %s', (_, machine, memory) => {
  expect(usualMemory(machine)).toBe(memory);
});

test.each([
  ['8 GB', 8 * 1024 ** 3],
  ['1.5gb', 1.5 * 1024 ** 3],
  ['512MB', 512 * 1024 ** 2],
])('%s are so many bytes', (amount, bytes) => {
  expect(bytesIn(amount)).toBe(bytes);
});
