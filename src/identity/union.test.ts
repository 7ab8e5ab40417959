import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Interner } from './interner.ts';
import { numberGroups, Union } from './union.ts';

test('an interner gives equal numbers equal ordinals, however it grows', () => {
  const interner = new Interner(4);
  const first = Array.from({ length: 5000 }, (_, i) => interner.add(i * 7, i));
  expect(first).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  expect(interner.add(7 * 4321, 4321)).toBe(4321);
  expect([interner.low(4321), interner.high(4321), interner.size]).toEqual([7 * 4321, 4321, 5000]);
});

test('groups do not depend on the order of the pairs', () => {
  const pairs = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 60 });
  fc.assert(
    fc.property(pairs, fc.integer(), (list, seed) => {
      const shuffled = [...list].sort((a, b) => ((a[0] * 31 + a[1]) ^ seed) - ((b[0] * 31 + b[1]) ^ seed));
      expect(roots(list)).toEqual(roots(shuffled));
    }),
    { seed: 1 },
  );
});

test.each([
  ['two with one number merge into the smaller', [[0, 1]], [5, 3], [3, 3]],
  ['a new group gets the next number', [[0, 1]], [0, 0], [9, 9]],
  ['a group that split keeps its number once', [], [4, 4], [4, 9]],
  ['a member without a number joins its group', [[0, 1]], [0, 2], [2, 2]],
] as const)('%s', (_, pairs, old, expected) => {
  const union = new Union(old.length);
  for (const [a, b] of pairs) union.join(a, b);
  expect([...numberGroups(union, Uint32Array.from(old), 9)]).toEqual(expected);
});

function roots(pairs: readonly (readonly [number, number])[]): number[] {
  const union = new Union(31);
  for (const [a, b] of pairs) union.join(a, b);
  return Array.from({ length: 31 }, (_, i) => union.root(i));
}
