import { expect, test } from 'vitest';
import { keepTagOfDay, tagsKept } from '../../audiences/tags/keep.ts';
import type { Lens, SeenOn } from '../../lifecycle/kept.ts';
import { ask, type Facts, keepAudiences, keepValues, lens, peopleOf, store, tell } from '../testing/world.ts';
import { portraitTrend } from './portrait-trend.ts';

const { warehouse } = store();
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const near = (number: number) => expect.closeTo(number, 6);

interface Day {
  readonly on: string;
  readonly audience: readonly number[];
  readonly base?: readonly number[];
}

/** A question that looks at these days, with the audience `a` and the base `b` as they are on each. */
async function seen(facts: Facts, tag: string, days: readonly Day[], last = 400): Promise<Lens> {
  await tell(warehouse(), facts);
  await keepValues(warehouse(), { on: days.at(-1)?.on ?? '', last });
  const kept = await keepAudiences(
    warehouse(),
    Object.fromEntries(
      days.flatMap(({ on, audience, base = [] }) => [[`a${on}`, audience] as const, [`b${on}`, base]]),
    ),
  );
  const seenOn = new Map<string, SeenOn>();
  for (const [at, { on }] of days.entries()) {
    const making = { on, lens: lens(), audiences: new Map(), taxonomies: [], spendSteps: [] };
    await keepTagOfDay(warehouse(), 10 + at, tag, making);
    const audiences = ['a', 'b'].flatMap((name) => {
      const members = kept.get(`${name}${on}`);
      return members ? [[name, members] as const] : [];
    });
    seenOn.set(on, { audiences: new Map(audiences), tags: { on, table: tagsKept(10 + at) } });
  }
  return { ...lens(), days: seenOn };
}

/** 1 to 100 paid on the 10th, 101 to 200 on the 20th. */
const buyers = {
  orders: numbers(1, 200).map((consumer) => ({ consumer, paid: consumer <= 100 ? '2026-06-10' : '2026-06-20' })),
};
const days: readonly Day[] = [
  { on: '2026-06-15', audience: [...numbers(1, 60), ...numbers(301, 400)] },
  { on: '2026-06-22', audience: [...numbers(1, 150), ...numbers(351, 400)], base: numbers(1, 200) },
];
const asked = { audience: 'a', tag: 'stage', from: '2026-06-14', to: '2026-06-22' };

/**
 * On the 15th 60 of 160 members are buyers against 100 of all 400, a TGI of 150; on the 22nd 150 of 200 against 200 of
 * 400. Everybody has a stage or `none`. Wilson of 60/160 is 0.303743 to 0.452118, of 150/200 is 0.685659 to 0.804918.
 */
test('shares and TGI of the members of each day, by hand', async () => {
  const rows = await ask(warehouse(), portraitTrend, asked, await seen(buyers, 'stage', days));
  const told = rows.filter(({ value }) => value !== '*');
  expect(
    told.map(({ on, value, consumers, share, base_share, tgi }) => [on, value, consumers, share, base_share, tgi]),
  ).toEqual([
    ['2026-06-15', 'none', 100, 0.625, 0.75, near(83.333333)],
    ['2026-06-15', 'P', 60, 0.375, 0.25, 150],
    ['2026-06-22', 'P', 150, 0.75, 0.5, 150],
    ['2026-06-22', 'none', 50, 0.25, 0.5, 50],
  ]);
  expect(rows.filter(({ value }) => value === '*').map(({ on, consumers, tgi }) => [on, consumers, tgi])).toEqual([
    ['2026-06-15', 160, 100],
    ['2026-06-22', 200, 100],
  ]);
  expect(told.filter(({ value }) => value === 'P').map(({ low, high }) => [low, high])).toEqual([
    [near(121.4972928), near(180.8473267)],
    [near(137.1318034), near(160.983664)],
  ]);
});

test('the people behind a row are those of its day', async () => {
  const all = await seen(buyers, 'stage', days);
  const rows = await ask(warehouse(), portraitTrend, asked, all);
  const behind = await Promise.all(
    rows.filter(({ value }) => value === 'P').map((row) => peopleOf(warehouse(), portraitTrend, row, asked, all)),
  );
  expect(behind).toEqual([numbers(1, 60), numbers(1, 150)]);
});

test('against another audience only its members of the day are the base', async () => {
  const only = { ...asked, base: 'b', from: '2026-06-22' };
  const rows = await ask(warehouse(), portraitTrend, only, await seen(buyers, 'stage', days));
  expect(rows.map(({ value, consumers, base_share }) => [value, consumers, base_share])).toEqual([
    ['*', 200, 1],
    ['P', 150, 1],
  ]);
});

/** Born in 1990: 35 in the year 2025 and 36 in 2026; born in 1996: 29 and 30. Nine people are too few to be told. */
test('ages are those of the year of the day, and few people are not told', async () => {
  const born = (consumer: number) => (consumer <= 9 ? 1960 : consumer <= 200 ? 1996 : 1990);
  const facts = { profiles: numbers(1, 400).map((consumer) => ({ consumer, birth_year: born(consumer) })) };
  const years = ['2025-12-31', '2026-01-01'].map((on) => ({ on, audience: numbers(1, 400) }));
  const range = { audience: 'a', tag: 'age_band', from: '2025-12-31', to: '2026-01-01', every: 1 };
  const rows = await ask(warehouse(), portraitTrend, range, await seen(facts, 'age_band', years));
  expect(rows.map(({ on, value, consumers }) => [on, value, consumers])).toEqual([
    ['2025-12-31', '*', 400],
    ['2025-12-31', '35-39', 200],
    ['2025-12-31', '25-29', 191],
    ['2026-01-01', '*', 400],
    ['2026-01-01', '35-39', 200],
    ['2026-01-01', '30-34', 191],
  ]);
});

test('where few are to be expected there is no index, and where nobody is there is no share', async () => {
  const few = [
    { on: '2026-06-15', audience: numbers(1, 60) },
    { on: '2026-06-22', audience: [] },
  ];
  const rows = await ask(warehouse(), portraitTrend, asked, await seen(buyers, 'stage', few));
  const of = rows.filter(({ value }) => value === 'P');
  expect(of.map(({ consumers, share, tgi }) => [consumers, share, tgi])).toEqual([
    [60, 1, null],
    [0, null, null],
  ]);
});

test.each([
  ['thirty-two days', { from: '2026-05-01', to: '2026-06-01', every: 1 }, false],
  ['thirty-one', { from: '2026-05-02', to: '2026-06-01', every: 1 }, true],
  ['a year by weeks', { from: '2025-06-30', to: '2026-06-30' }, false],
  ['a year by months', { from: '2025-06-30', to: '2026-06-30', every: 30 }, true],
  ['a range that ends before it begins', { from: '2026-06-02', to: '2026-06-01' }, false],
])('%s', (_, range, isTaken) => {
  expect(portraitTrend.params.safeParse({ audience: 'a', ...range }).success).toBe(isTaken);
});
