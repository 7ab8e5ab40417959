import { expect, test } from 'vitest';
import { ask, keepAudiences, lens, peopleOf, store, tell } from '../testing/world.ts';
import { audienceOverlap } from './audience-overlap.ts';

const { warehouse } = store();
const audiences = { a: [1, 2, 3], b: [2, 3, 4], c: [3], none: [], nobody: [] };
const third = expect.closeTo(1 / 3, 9);

const rows: readonly (readonly [names: readonly string[], told: readonly unknown[][], people: number[]])[] = [
  [
    ['a', 'b', 'c'],
    [
      ['a', 'b', 2, 0.5],
      ['a', 'c', 1, third],
      ['b', 'c', 1, third],
    ],
    [2, 3],
  ],
  [['c', 'a'], [['c', 'a', 1, third]], [3]],
  [['a', 'none'], [['a', 'none', 0, 0]], []],
  [['none', 'nobody'], [['none', 'nobody', 0, null]], []],
];

test.each(rows)('%j', async (names, told, people) => {
  await tell(warehouse(), {});
  const seen = { ...lens(), audiences: await keepAudiences(warehouse(), audiences) };
  const asked = { audiences: names };
  const found = await ask(warehouse(), audienceOverlap, asked, seen);
  expect(found.map((row) => Object.values(row))).toEqual(told);
  expect(await peopleOf(warehouse(), audienceOverlap, found[0] ?? {}, asked, seen)).toEqual(people);
});

test('an audience is named once, and stands beside another', () => {
  for (const names of [['a'], ['a', 'a']])
    expect(audienceOverlap.params.safeParse({ audiences: names }).success).toBe(false);
});
