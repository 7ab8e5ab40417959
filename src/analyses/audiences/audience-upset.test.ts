import { expect, test } from 'vitest';
import { ask, keepAudiences, lens, peopleOf, store, tell } from '../testing/world.ts';
import { audienceUpset } from './audience-upset.ts';

const { warehouse } = store();
const audiences = { a: [1, 2, 3], b: [2, 3, 4], c: [3], 'a|b': [9], none: [] };

const rows: readonly (readonly [names: readonly string[], told: readonly string[], people: readonly number[][]])[] = [
  [
    ['a', 'b', 'c'],
    ['a 1', 'a|b 1', 'a|b|c 1', 'b 1'],
    [[1], [2], [3], [4]],
  ],
  [
    ['c', 'a'],
    ['a 2', 'c|a 1'],
    [[1, 2], [3]],
  ],
  [['a', 'none'], ['a 3'], [[1, 2, 3]]],
  [['none', 'c'], ['c 1'], [[3]]],
];

test.each(rows)('%j', async (names, told, people) => {
  await tell(warehouse(), {});
  const seen = { ...lens(), audiences: await keepAudiences(warehouse(), audiences) };
  const asked = { audiences: names };
  const found = await ask(warehouse(), audienceUpset, asked, seen);
  expect(found.map(({ members, consumers }) => `${members} ${consumers}`)).toEqual(told);
  expect(await Promise.all(found.map((row) => peopleOf(warehouse(), audienceUpset, row, asked, seen)))).toEqual(people);
});
