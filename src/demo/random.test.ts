import { expect, test } from 'vitest';
import { Random, scramble, weighted } from './random.ts';

function sequence(seed: number, index: number): number[] {
  const random = new Random();
  random.restart(seed, index);
  return [random.next(), random.next(), random.next()];
}

test('a place in the world has its own luck, the same each time', () => {
  expect(sequence(1, 7)).toEqual(sequence(1, 7));
  expect(sequence(1, 7)).not.toEqual(sequence(1, 8));
  expect(sequence(1, 7)).not.toEqual(sequence(2, 7));
});

test('draws are even enough: a thousand of ten land near a hundred each', () => {
  const random = new Random();
  random.restart(3, 0);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 1000; i++) {
    const value = random.below(10);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(40);
});

test('scrambled numbers never meet', () => {
  const seen = new Set(Array.from({ length: 50_000 }, (_, i) => scramble(i)));
  expect(seen.size).toBe(50_000);
});

test.each([
  [[1, 1], 4, [0, 0, 1, 1]],
  [[3, 1], 4, [0, 0, 0, 1]],
  [[0, 1, 0, 1], 4, [1, 1, 3, 3]],
  [[1], 2, [0, 0]],
])('weights %j fill a table of %i as %j', (weights, size, table) => {
  expect([...weighted(weights, size)]).toEqual(table);
});
