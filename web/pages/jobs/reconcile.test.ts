import { expect, test } from 'vitest';
import { reconciles, sumOf } from './reconcile.ts';

test('files of an import add up, and every row read is somewhere', () => {
  const sum = sumOf([
    { read: 10, accepted: 7, duplicate: 2, rejected: 1 },
    { read: 5, accepted: 5, duplicate: 0, rejected: 0 },
  ]);
  expect(sum).toEqual({ read: 15, accepted: 12, duplicate: 2, rejected: 1 });
  expect(reconciles(sum)).toBe(true);
});

test('a row that went nowhere is told', () => {
  expect(reconciles({ read: 10, accepted: 7, duplicate: 1, rejected: 1 })).toBe(false);
});
