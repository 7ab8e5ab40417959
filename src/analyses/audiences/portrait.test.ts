import { expect, test } from 'vitest';
import type { Lens } from '../../lifecycle/kept.ts';
import { ask, type Facts, keepAudiences, keepValues, lens, peopleOf, store, tell } from '../testing/world.ts';
import { portrait } from './portrait.ts';

const { warehouse } = store();
const on = '2026-06-30';
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const near = (number: number | null) => (number === null ? null : expect.closeTo(number, 6));

async function seen(facts: Facts, audiences: Record<string, readonly number[]>, last: number): Promise<Lens> {
  await tell(warehouse(), facts);
  const tags = await keepValues(warehouse(), { on, last });
  return { ...lens(), audiences: await keepAudiences(warehouse(), audiences), tags };
}

/** 1 to 200 are women, 201 to 400 men, 401 to 500 say nothing. */
const byGender = {
  profiles: numbers(1, 400).map((consumer) => ({ consumer, gender: consumer <= 200 ? 'f' : 'm' })),
};
const half = { a: [...numbers(101, 250), ...numbers(451, 500)], b: numbers(1, 400), c: numbers(101, 260) };

/**
 * Of 200, 150 are known, 100 of them women: 100/150 against 200/400, a TGI of 133.3; Wilson of 100/150 is 0.587898 to
 * 0.737112, over the base share of 1/2. Of the 250 others who are known 100 are women: p = 2.4176e-7 (pooled z), and the
 * same for the men; q of two equal ones of three is p × 3 / 2. Of the 300 others 250 say anything: p = 0.022479, q the
 * same, for it is the last of three.
 */
test('TGI with its interval and q, by hand', async () => {
  const rows = await ask(warehouse(), portrait, { audience: 'a', tags: ['gender'] }, await seen(byGender, half, 500));
  const q = expect.closeTo(3.6263458e-7, 13);
  expect(rows).toEqual([
    {
      ...{ tag: 'gender', value: '*', consumers: 150, share: 0.75, base_share: 0.8 },
      ...{ tgi: near(93.75), low: near(85.707377), high: near(100.61479), q: near(0.0224789) },
    },
    {
      ...{ tag: 'gender', value: 'f', consumers: 100, share: near(2 / 3), base_share: 0.5 },
      ...{ tgi: near(400 / 3), low: near(117.579513), high: near(147.42247), q },
    },
    {
      ...{ tag: 'gender', value: 'm', consumers: 50, share: near(1 / 3), base_share: 0.5 },
      ...{ tgi: near(200 / 3), low: near(52.57753), high: near(82.420487), q },
    },
  ]);
});

test('against another audience only its members are the base, and those who are in both are no others', async () => {
  const facts = await seen(byGender, half, 500);
  const rows = await ask(warehouse(), portrait, { audience: 'c', base: 'b', tags: ['gender'] }, facts);
  const told = rows.map(({ value, consumers, share, base_share, tgi }) => [value, consumers, share, base_share, tgi]);
  expect(told).toEqual([
    ['*', 160, 1, 1, 100],
    ['f', 100, 0.625, 0.5, 125],
    ['m', 60, 0.375, 0.5, 75],
  ]);
  const self = await ask(warehouse(), portrait, { audience: 'b', base: 'b', tags: ['gender'] }, facts);
  expect(self.map(({ tgi, q }) => [tgi, q])).toEqual([
    [100, null],
    [100, null],
    [100, null],
  ]);
});

/** Of 60 there are 15 to be expected of a value that a quarter has: too few for an index. Nine who share a value are not told. */
test('where few are to be expected there is no index, and few people are not told at all', async () => {
  const tastes = (n: number) => (n <= 9 ? 'rare' : n <= 109 ? 'tea' : 'milk');
  const facts = { profiles: numbers(1, 400).map((consumer) => ({ consumer, props: { taste: tastes(consumer) } })) };
  const rows = await ask(
    warehouse(),
    portrait,
    { audience: 'a', tags: ['taste'] },
    await seen(facts, { a: numbers(1, 60) }, 400),
  );
  expect(rows.map(({ value, consumers, tgi, q }) => [value, consumers, tgi === null, q === null])).toEqual([
    ['*', 60, false, true],
    ['milk', 0, false, false],
    ['tea', 51, true, true],
  ]);
});

test('of many values the first two hundred are told, the rest as one that opens into its people', async () => {
  const values = (consumer: number) => ({ consumer, props: { shop: `s${String(consumer % 210).padStart(3, '0')}` } });
  const facts = { profiles: numbers(1, 2100).map(values) };
  const all = await seen(facts, { a: numbers(1, 1050) }, 2100);
  const asked = { audience: 'a', tags: ['shop'] };
  const rows = await ask(warehouse(), portrait, asked, all);
  expect(rows.length).toBe(202);
  const other = rows.find(({ value }) => value === 'other') ?? {};
  expect(other).toMatchObject({ consumers: 50, base_share: near(100 / 2100) });
  const people = await peopleOf(warehouse(), portrait, other, asked, all);
  expect(people.map((consumer) => consumer % 210)).toEqual(numbers(1, 50).map((n) => 200 + ((n - 1) % 10)));
});

test('an audience of nobody has no shares', async () => {
  const rows = await ask(
    warehouse(),
    portrait,
    { audience: 'a', tags: ['gender'] },
    await seen(byGender, { a: [] }, 400),
  );
  expect(rows.map(({ consumers, share, base_share, tgi }) => [consumers, share, base_share, tgi])).toEqual([
    [0, null, 1, null],
    [0, null, 0.5, null],
    [0, null, 0.5, null],
  ]);
});
