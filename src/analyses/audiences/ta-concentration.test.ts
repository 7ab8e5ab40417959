import { expect, test } from 'vitest';
import { ask, keepAudiences, lens, peopleOf, store, tell } from '../testing/world.ts';
import { taConcentration } from './ta-concentration.ts';

const { warehouse } = store();
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

const rows: readonly {
  readonly says: string;
  readonly a: readonly number[];
  readonly ta: readonly number[];
  readonly row: readonly (number | null)[];
}[] = [
  {
    says: '15 of 50 are of a TA of 60',
    a: numbers(1, 50),
    ta: numbers(36, 95),
    row: [50, 15, 0.3, 0.1910355, 0.4375035, 0.25],
  },
  { says: 'none is', a: numbers(1, 10), ta: numbers(11, 12), row: [10, 0, 0, 0, 0.2775328, 0] },
  { says: 'all are, and no other', a: numbers(1, 10), ta: numbers(1, 10), row: [10, 10, 1, 0.7224672, 1, 1] },
  { says: 'an empty audience has no concentration', a: [], ta: [1], row: [0, 0, null, null, null, 0] },
  { says: 'of an empty TA nothing can be reached', a: [1], ta: [], row: [1, 0, 0, 0, 0.7934507, null] },
  {
    says: 'consumers of different blocks of numbers',
    a: [1, 2_000_000, 3_000_000_000],
    ta: [3_000_000_000, 2_000_000, 4],
    row: [3, 2, 2 / 3, 0.2076596, 0.9385081, 2 / 3],
  },
];

test.each(rows)('$says', async ({ a, ta, row }) => {
  await tell(warehouse(), {});
  const seen = { ...lens(), audiences: await keepAudiences(warehouse(), { a, ta }) };
  const asked = { audience: 'a', ta: 'ta' };
  const [found = {}] = await ask(warehouse(), taConcentration, asked, seen);
  expect(Object.values(found)).toEqual(row.map((each) => (each === null ? null : expect.closeTo(each, 6))));
  expect(await peopleOf(warehouse(), taConcentration, found, asked, seen)).toEqual([...a]);
});
