/** Audiences understood: portraits, concentration and overlap are a recount's, person by person, on every engine. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../src/base/day.ts';
import { unwatched } from '../../src/base/progress.ts';
import { bring } from '../audiences/asking.ts';
import { qualifies, type Rule, universe } from '../audiences/evaluator.ts';
import { end, type Facts, factsOf } from '../audiences/facts.ts';
import { dice } from '../oracle/dice.ts';
import { toCsv } from '../oracle/files.ts';
import { freshHome, type Home } from '../product.ts';
import { type Engine, engines } from '../servers/engines.ts';
import { counted, countValues } from '../understand/recount.ts';

const first = factsOf(dice(11), 160);
const none: Facts = { events: [], orders: [], items: [], members: [], reviews: [], consumers: [] };

/** A few more rows, which change no sum that was paid: some of known people, some of new ones. */
const later: Facts = {
  ...none,
  events: ['u3', 'new1', 'new2'].map((user) => ({
    id_user: user,
    event_time: `${end} 10:00:00`,
    behavior: 'cart',
  })),
  consumers: ['u1', 'u2', 'new1'].map((user) => ({
    ...first.consumers.find((row) => row.id_user === user),
    id_user: user,
    gender: 'f',
    city_tier: '5',
    birth_year: '1970',
    taste: 'milk',
  })),
};

const both: Facts = {
  ...first,
  events: [...first.events, ...later.events],
  consumers: [...first.consumers, ...later.consumers],
};

const carted: Rule = { did: { behavior: ['cart', 'favorite'] } };
const buyers: Rule = { bought: { window: { days: 365 } } };

/** The portrait's own rows: how many of the audience, and of the base, have each value of ten people or more. */
async function agrees(home: Home, facts: Facts, base: Rule | undefined): Promise<void> {
  const all = universe(facts);
  const [some, others] = [carted, base ?? { all: [] }].map((rule) =>
    all.people.filter((person) => qualifies(person, rule, end, all)),
  );
  if (!some || !others) throw new Error('two rules give two groups');
  const [own, basis] = [countValues(some, end, all), countValues(others, end, all)];
  const told = await home.run('portrait', {
    ...{ audience: 'carted', tags: counted, on: end },
    ...(base ? { base: 'buyers' } : {}),
  });
  const known = (counts: ReadonlyMap<string, number>, tag: string) =>
    [...counts].filter(([key]) => key.startsWith(`${tag} `)).reduce((sum, [, count]) => sum + count, 0);
  const expected = [...basis]
    .filter(([, count]) => count >= 10)
    .map(([key, count]) => {
      const [tag = ''] = key.split(' ');
      return [key, own.get(key) ?? 0, expect.closeTo(count / known(basis, tag), 9)] as const;
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const got = told
    .filter(({ value }) => value !== '*')
    .map(({ tag, value, consumers, base_share }) => [`${tag} ${value}`, consumers, base_share] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(got).toEqual(expected);
  expect(expected.length).toBeGreaterThan(20);
}

/** The same of one tag as of each of three days: members, base and values are those of the day. */
async function agreesOverTime(home: Home, facts: Facts, tag: string): Promise<void> {
  const all = universe(facts);
  const days = [addDays(end, -14), addDays(end, -7), end];
  const expected = days.flatMap((on) => {
    const [some, base] = [carted, buyers].map((rule) => {
      const members = all.people.filter((person) => qualifies(person, rule, on, all));
      return [...countValues(members, on, all)].filter(([key]) => key.startsWith(`${tag} `));
    });
    const own = new Map(some);
    const known = (base ?? []).reduce((sum, [, count]) => sum + count, 0);
    return (base ?? [])
      .filter(([, count]) => count >= 10)
      .map(([key, count]) => [on, key, own.get(key) ?? 0, expect.closeTo(count / known, 9)] as const);
  });
  const asked = { audience: 'carted', base: 'buyers', tag, from: days[0], to: end, every: 7 };
  const told = (await home.run('portrait-trend', asked))
    .filter(({ value }) => value !== '*')
    .map(({ on, value, consumers, base_share }) => [on, `${tag} ${value}`, consumers, base_share] as const);
  const inOrder = <T extends readonly [unknown, unknown, ...unknown[]]>(rows: readonly T[]) =>
    rows.toSorted((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
  expect(inOrder(told)).toEqual(inOrder(expected));
  expect(new Set(expected.map(([on]) => on)).size).toBeGreaterThan(1);
}

const even = (user: string) => Number(user.slice(1)) % 2 === 0;

/** Everybody of the first rows touches a creator: k1 by name those of even numbers, k2 by its content the others. */
async function bringCreators(home: Home): Promise<void> {
  const dir = mkdtempSync(join(home.files, 'creators-'));
  const files = {
    events: universe(first).people.map(({ user }) => ({
      ...{ id_user: user, event_time: `${end} 11:00:00`, behavior: 'impression' },
      ...(even(user) ? { creator_id: 'k1' } : { content_id: 'v1' }),
    })),
    contents: [{ content_id: 'v1', creator_id: 'k2', publish_time: end }],
    creators: [
      { creator_id: 'k1', share_gender_f: '0.7', share_gender_m: '0.3', share_taste_tea: '0.5' },
      { creator_id: 'k2', share_gender_f: '40%', share_gender_m: '60%', share_taste_tea: '10%' },
    ],
  };
  for (const [name, rows] of Object.entries(files)) writeFileSync(join(dir, `${name}.csv`), toCsv(rows));
  await home.import(dir);
}

describe.each(engines)('$name: audiences understood', { timeout: 240_000 }, ({ open, missing }) => {
  let engine: Engine | undefined;
  const home = freshHome(() => engine?.config ?? {});

  beforeAll(async () => {
    if (!missing) engine = await open();
  }, 120_000);
  afterAll(async () => {
    await home.close();
    await engine?.end();
  });

  test.skipIf(missing)('a portrait is a recount’s, against everybody and against another audience', async () => {
    await bring(home, first);
    const product = await home.product();
    await product.createAudience({ name: 'carted', rule: carted, on: end });
    await product.createAudience({ name: 'buyers', rule: buyers, on: end });
    await agrees(home, first, undefined);
    await agrees(home, first, buyers);
  });

  test.skipIf(missing)('it still is when a few people are told of anew', async () => {
    await bring(home, later);
    await agrees(home, both, undefined);
    await agrees(home, both, buyers);
  });

  test.skipIf(missing)('over time it is a recount’s of the members and the values of each day', async () => {
    for (const tag of ['stage', 'member', 'age_band', 'spend_level', 'crowd:eight', 'gender'])
      await agreesOverTime(home, both, tag);
  });

  test.skipIf(missing)('concentration and overlap are a recount’s', async () => {
    const all = universe(both);
    const is = (rule: Rule) => all.people.filter((person) => qualifies(person, rule, end, all)).length;
    const [own, ta, shared, either] = [
      is(carted),
      is(buyers),
      is({ all: [carted, buyers] }),
      is({ any: [carted, buyers] }),
    ];
    const [row] = await home.run('ta-concentration', { audience: 'carted', ta: 'buyers' });
    expect(row).toMatchObject({ consumers: own, ta_consumers: shared, penetration: expect.closeTo(shared / ta, 9) });
    expect(await home.run('audience-overlap', { audiences: ['carted', 'buyers'] })).toEqual([
      { left: 'carted', right: 'buyers', consumers: shared, jaccard: expect.closeTo(shared / either, 9) },
    ]);
    const parts = await home.run('audience-upset', { audiences: ['carted', 'buyers'] });
    expect(new Map(parts.map(({ members, consumers }) => [members, consumers]))).toEqual(
      new Map([
        ['carted', own - shared],
        ['buyers', ta - shared],
        ['carted|buyers', shared],
      ]),
    );
  });

  test.skipIf(missing)('whom creators reached is a recount’s', async () => {
    await bringCreators(home);
    const all = universe(both);
    const { people } = universe(first);
    const users = new Set(people.map(({ user }) => user));
    const expected = ['k1', 'k2'].flatMap((creator) => {
      const own = all.people.filter(({ user }) => users.has(user) && even(user) === (creator === 'k1'));
      const counts = countValues(own, end, all);
      const known = (tag: string) =>
        [...counts].reduce((sum, [key, count]) => sum + (key.startsWith(`${tag} `) ? count : 0), 0);
      return ['gender f', 'gender m', 'taste tea'].map((key) => {
        const [tag = '', value = ''] = key.split(' ');
        return { creator, tag, value, consumers: counts.get(key) ?? 0, known: known(tag) };
      });
    });
    const range = { from: end, to: end, on: end };
    const rows = await home.run('match-calibration', range);
    expect(
      rows.map(({ creator, tag, value, consumers, known }) => ({ creator, tag, value, consumers, known })),
    ).toEqual(expected);
    expect(expected.filter(({ consumers, known }) => consumers < 1 || known <= consumers)).toEqual([]);
    const [cell = {}] = rows;
    const behind = await (await home.product()).people('match-calibration', range, cell, unwatched);
    expect(behind.length).toBe(expected[0]?.consumers);
  });
});
