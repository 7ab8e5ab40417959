/** What becomes of audiences as data come in: kept members brought up, day by day, why; versions; bitmaps joined. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/app/answers.ts';
import { keptDay } from '../../src/app/audiences/days.ts';
import { askedOf, questionOf } from '../../src/app/audiences/members.ts';
import { keepAgain } from '../../src/app/audiences/refresh.ts';
import { membersOf } from '../../src/audiences/compile.ts';
import { forgetUnnamed, keepMembers } from '../../src/audiences/kept.ts';
import { readRule } from '../../src/audiences/read.ts';
import { touchedSince } from '../../src/audiences/touched.ts';
import { addDays } from '../../src/base/day.ts';
import { wilson } from '../../src/base/statistics.ts';
import { BLOCK } from '../../src/model/membersKept.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';
import { bring } from './asking.ts';
import type { Rule } from './evaluator.ts';
import { end } from './facts.ts';
import { after, before, carted, facts, late, none, SEED, users, usersKept, women } from './later.ts';
import { rule } from './rules.ts';

const home = freshHome();
const usersOfRun = async (run: number) => usersKept((await home.product()).installation.context, run);

beforeAll(async () => void (await bring(home, facts)), 60_000);

describe('members that are kept', () => {
  test('are found again by looking at the changed consumers only, whatever the rule', async () => {
    const { context } = (await home.product()).installation;
    const rules = fc
      .sample(rule, { seed: SEED + 1, numRuns: 36 })
      .filter((each) => !/2026-|"(top|rfm|score)"/.test(JSON.stringify(each)));
    const commit = async () =>
      (await context.registry.rows<{ state: number }>(`SELECT state FROM derivation WHERE name = 'commit'`))[0]
        ?.state ?? 0;
    const [stood, runs] = [await commit(), new Map<number, Rule>()];
    for (const [i, each] of rules.entries()) {
      runs.set(7000 + i, each);
      await keepMembers(context.warehouse, 7000 + i, await questionOf(context, { rule: readRule(each) }, end));
    }
    const report = await bring(home, late);
    const changed = await context.warehouse.rows<{ consumer: number }>(touchedSince(stood));
    expect(changed.length).toBe(4);
    for (const [run, each] of runs) {
      const kept = { on: end, run, runBefore: null, commit: stood, ground: '', consumers: 0 };
      const found = await keepAgain(context, run + 1000, kept, (among) =>
        questionOf(context, { rule: readRule(each), among }, end),
      );
      expect({ rule: each, users: await usersOfRun(run + 1000) }).toEqual({ rule: each, users: users(after, each) });
      expect(found).toBe(users(after, each).length);
    }
    const moved = [...runs.values()].filter((each) => users(after, each).join() !== users(before, each).join());
    expect(moved.length).toBeGreaterThan(5);
    await home.undo(report);
  }, 120_000);

  test('of an audience follow what comes in and what is taken back', async () => {
    const product = await home.product();
    const { context } = product.installation;
    const made = await product.createAudience({ name: 'carted', rule: carted, on: end });
    const young = await product.createAudience({ name: 'women', rule: women, on: end });
    const report = await bring(home, late);
    for (const [{ id }, asked] of [
      [made, carted],
      [young, women],
    ] as const) {
      expect((await product.audience(id)).consumers).toBe(users(after, asked).length);
      const day = await keptDay(context.registry, id, end);
      expect(await usersOfRun(day?.run ?? 0)).toEqual(users(after, asked));
    }
    await home.undo(report);
    for (const [{ id }, asked] of [
      [made, carted],
      [young, women],
    ] as const)
      expect((await product.audience(id)).consumers).toBe(users(before, asked).length);
  });
});

describe('audiences joined', () => {
  const [a, b, c]: Rule[] = [carted, women, { bought: {} }];
  const saved = { a, b, c };
  const meant = (asked: unknown): Rule =>
    JSON.parse(
      JSON.stringify(asked).replaceAll(/\{"audience":"(a|b|c)"\}/g, (_, name: 'a' | 'b' | 'c') =>
        JSON.stringify(saved[name]),
      ),
    );
  const [A, B, C] = ['a', 'b', 'c'].map((name) => ({ audience: name }));

  beforeAll(async () => {
    const product = await home.product();
    for (const [name, each] of Object.entries(saved))
      if (each) await product.createAudience({ name, rule: each, on: end });
  });

  test.each([
    ['both', { all: [A, B] }],
    ['either', { any: [A, B] }],
    ['one without the other', { all: [A, { not: B }] }],
    ['neither', { not: { any: [A, B] } }],
    ['not both', { not: { all: [A, B] } }],
    ['De Morgan', { all: [{ not: { any: [{ not: A }, B] } }, C] }],
    [
      'one of three, without two',
      { any: [{ all: [A, { not: B }, { not: C }] }, { all: [B, { not: { any: [A, C] } }] }] },
    ],
    ['twice not', { not: { not: A } }],
    ['itself without itself', { all: [A, { not: A }] }],
    ['with a condition beside', { all: [A, { did: { behavior: ['item_view'] } }] }],
    ['nothing but what is left out', { all: [{ not: A }, { not: B }] }],
  ])('%s', async (_, asked) => {
    const product = await home.product();
    const right = users(before, meant(asked)).length;
    expect((await product.countAudience({ rule: asked, on: end })).consumers).toBe(right);
    expect((await product.countAudience({ rule: asked, on: addDays(end, -7) })).consumers).toBe(
      users(before, meant(asked), addDays(end, -7)).length,
    );
  });
});

describe('a rule explained', () => {
  const asked = {
    all: [carted, { not: { bought: { window: { days: 30 } } } }, { any: [women, { member: {} }] }],
  };

  test('counts every condition alone, and what is left after it', async () => {
    const told = await (await home.product()).explainRule({ rule: asked, on: end });
    const count = (each: unknown) => users(before, each as Rule).length;
    const [x, y, z] = asked.all;
    expect(told.conditions.map(({ place, consumers, remaining }) => [place.join('.'), consumers, remaining])).toEqual([
      ['', count(asked), null],
      ['all.0', count(x), count(x)],
      ['all.1', count(y), count({ all: [x, y] })],
      ['all.1.not', count({ bought: { window: { days: 30 } } }), null],
      ['all.2', count(z), count(asked)],
      ['all.2.any.0', count(women), null],
      ['all.2.any.1', count({ member: {} }), null],
    ]);
    expect(told.consumers).toBe(count(asked));
    expect(told.conditions[1]?.sentence.en).toContain('cart');
  });

  test('of hundreds of conditions is told of as one', async () => {
    const many = Array.from({ length: 148 }, (_, at) => ({ not: { did: { behavior: [`never ${at}`] } } }));
    const told = await (await home.product()).explainRule({ rule: { all: [...many, carted] }, on: end });
    const last = told.conditions.at(-1);
    const right = users(before, carted).length;
    expect([told.conditions.length, told.consumers, last?.consumers, last?.remaining]).toEqual([
      1 + 2 * many.length + 1,
      right,
      right,
      right,
    ]);
  });

  test('of conditions that everybody meets counts everybody', async () => {
    const told = await (await home.product()).explainRule({ rule: { all: [] }, on: end });
    expect([told.consumers, told.conditions.length]).toEqual([before.people.length, 1]);
  });
});

describe('day by day', () => {
  test('members, who came and who went, and why', async () => {
    const product = await home.product();
    const both: Rule = { all: [carted, { not: { bought: { window: { days: 10 } } } }] };
    const { id } = await product.createAudience({ name: 'daily', rule: both, on: end });
    const from = addDays(end, -6);
    const told = await product.audienceHistory(id, { from });
    const days = Array.from({ length: 7 }, (_, i) => addDays(from, i));
    const on = (day: string) => users(before, both, day);
    expect(told).toEqual(
      days.map((day) => {
        const [now, was] = [on(day), on(addDays(day, -1))];
        return {
          on: day,
          consumers: now.length,
          entered: now.filter((user) => !was.includes(user)).length,
          left: was.filter((user) => !now.includes(user)).length,
        };
      }),
    );
    expect(told.some(({ entered, left }) => entered > 0 && left > 0)).toBe(true);
    const busy = told.find(({ left }) => left > 0);
    const page = await product.audienceMoves(id, { on: busy?.on ?? '', which: 'left', limit: 1000, after: 0 });
    expect(page.moves.length).toBe(busy?.left);
    for (const { why } of page.moves) {
      expect(why.length).toBeGreaterThan(0);
      for (const { place, holds } of why) expect(holds).toBe(place.includes('not'));
    }
  });

  test('of the members of earlier days, who are members still, and who bought since', async () => {
    const product = await home.product();
    const young: Rule = { did: { behavior: ['cart'], window: { days: 20 } } };
    const { id } = await product.createAudience({ name: 'passing', rule: young, on: end });
    const told = await product.audienceDecay(id, { ages: '30,7,7,14' });
    const now = users(before, young);
    const right = [7, 14, 30].map((age) => {
      const on = addDays(end, -age);
      const was = users(before, young, on);
      const stayed = was.filter((user) => now.includes(user)).length;
      const buyers = users(before, { bought: { window: { days: age } } });
      const bought = was.filter((user) => buyers.includes(user)).length;
      return { age, on, members: was.length, stayed, bought, rate: stayed / was.length, ...wilson(stayed, was.length) };
    });
    expect(told).toMatchObject({ on: end, consumers: now.length, ages: right });
    expect(right.some(({ members, stayed, bought }) => members > stayed && stayed > 0 && bought > 0)).toBe(true);
  });

  test('an audience that looks at a fixed day, or stands on one that does, is told from the day after', async () => {
    const product = await home.product();
    const fixed = addDays(end, -2);
    const inStage: Rule = { stage: { in: ['A', 'I'], on: fixed } };
    await product.createAudience({ name: 'as of', rule: { not: inStage } });
    const upon = { all: [{ audience: 'as of' }, carted] };
    const { id, first_day } = await product.createAudience({ name: 'upon as of', rule: upon });
    expect([first_day, (await product.audience('passing')).first_day]).toEqual([fixed, null]);
    const right = (on: string) => users(before, { all: [{ not: inStage }, carted] }, on);
    const told = await product.audienceHistory(id, { from: addDays(end, -9), to: end });
    expect(told.map(({ on, consumers }) => [on, consumers])).toEqual(
      [addDays(end, -1), end].map((on) => [on, right(on).length]),
    );
    expect(await product.audienceHistory(id, { from: addDays(end, -9), to: fixed })).toEqual([]);
    expect((await product.audienceDecay(id, { on: end, ages: '1,2,3,30' })).ages.map(({ age }) => age)).toEqual([1, 2]);
  });

  test('an audience of nobody has no share, an earlier day has its own ages, and the oldest is last', async () => {
    const product = await home.product();
    const { id } = await product.createAudience({ name: 'of old', rule: { bought: { window: { days: 1 } } }, on: end });
    const { on, ages } = await product.audienceDecay(id, { on: addDays(end, -1), ages: '1,3000' });
    expect(on).toBe(addDays(end, -1));
    expect(ages.map(({ age, on: day }) => [age, day])).toEqual([
      [1, addDays(end, -2)],
      [3000, addDays(end, -3001)],
    ]);
    expect(ages[1]).toMatchObject({ members: 0, stayed: 0, bought: 0, rate: null, low: null, high: null });
  });

  test('ages that are no whole days, too old or too many are refused', async () => {
    const product = await home.product();
    const { id } = await product.createAudience({ name: 'of no age', rule: carted, on: end });
    const many = Array.from({ length: 13 }, (_, i) => i + 1).join();
    for (const ages of ['', '0', '7,x', '7,', '1.5', '9999', many])
      await expect(product.audienceDecay(id, { ages }), ages).rejects.toMatchObject({ code: 'audience_decay' });
  });

  test('a version is another rule, and what was is remembered', async () => {
    const product = await home.product();
    const { id } = await product.createAudience({ name: 'changing', rule: carted, on: end });
    const changed = await product.changeAudience(id, { rule: women });
    expect([changed.version, changed.consumers]).toEqual([2, users(before, women).length]);
    expect((await product.audienceVersions(id)).map(({ version, rule: each }) => [version, each])).toEqual([
      [2, women],
      [1, carted],
    ]);
    const told = await product.compareAudiences({ left: carted, right: 'changing', on: end });
    const [l, r] = [users(before, carted), users(before, women)];
    const shared = l.filter((user) => r.includes(user)).length;
    expect(told).toEqual({
      on: end,
      left: l.length,
      right: r.length,
      both: shared,
      only_left: l.length - shared,
      only_right: r.length - shared,
    });
    await expect(product.changeAudience(id, { rule: { audience: 'changing' } })).rejects.toMatchObject({
      code: 'audience_cycle',
    });
    await product.createAudience({ name: 'upon it', rule: { audience: 'changing' }, on: end });
    await expect(product.changeAudience(id, { rule: { audience: 'upon it' } })).rejects.toMatchObject({
      code: 'audience_cycle',
    });
    await expect(product.changeAudience(id, { name: 'other' })).rejects.toMatchObject({ code: 'audience_used' });
  });
});

test('the people behind a number become an audience that stays', async () => {
  const product = await home.product();
  const [row] = await home.run('aipl-stock', { on: end });
  const made = await product.createFromPeople({
    name: 'behind',
    analysis: 'aipl-stock',
    params: { on: end },
    row: { stage: row?.stage },
  });
  expect([made.kind, made.consumers, made.on, made.from_number]).toEqual(['static', row?.consumers, end, true]);
  expect((await product.countAudience({ rule: { audience: 'behind' }, on: end })).consumers).toBe(row?.consumers);
  await expect(product.countAudience({ rule: made.rule, on: end })).rejects.toMatchObject({ code: 'audience_people' });
});

test('an audience that is saved or changed leaves answers that name none as they are', async () => {
  const product = await home.product();
  const answers = openAnswers(product);
  const tagOf = async (params: Record<string, unknown>) =>
    (await answers.question('aipl-stock', { on: end, ...params })).tag;
  const { id } = await product.createAudience({ name: 'named', rule: carted, on: end });
  const [plain, named] = [await tagOf({}), await tagOf({ audience: 'named' })];
  await product.changeAudience(id, { rule: women });
  await product.createAudience({ name: 'another', rule: women, on: end });
  expect(await tagOf({})).toBe(plain);
  expect(await tagOf({ audience: 'named' })).not.toBe(named);
});

test('many consumers are asked a range of numbers at a time, with the same members', async () => {
  const { context } = (await home.product()).installation;
  const rules: Rule[] = [carted, { not: carted }, { all: [] }, { all: [women, { not: { bought: {} } }] }];
  for (const [i, each] of rules.entries()) {
    const asked = await askedOf(context, { rule: readRule(each) }, end);
    const members = membersOf(readRule(each), asked, 20 * BLOCK);
    expect(members.parts?.length).toBe(3);
    expect(await keepMembers(context.warehouse, 9500 + i, members)).toBe(users(before, each).length);
    expect(await usersOfRun(9500 + i)).toEqual(users(before, each));
  }
  const best: Rule = { top: { by: 'amount', n: 3 } };
  const asked = await askedOf(context, { rule: readRule(best) }, end);
  expect(membersOf(readRule(best), asked, 20 * BLOCK).parts).toBeUndefined();
});

test('who asked to be deleted, or withdrew consent, is in no audience, of whatever kind', async () => {
  const product = await home.product();
  const [gone = '', other = ''] = users(before, carted);
  const { id } = await product.createAudience({ name: 'of the willing', rule: carted, on: end });
  const fixed = await product.createAudience({ name: 'fixed of the willing', rule: carted, on: end, kind: 'static' });
  const count = async (rule: unknown) =>
    (await product.countAudience({ rule: rule as Rule & object, on: end })).consumers;
  const sizes = async () => [
    (await product.audience(id)).consumers,
    (await product.audience(fixed.id)).consumers,
    await count(carted),
    await count({ audience: 'of the willing' }),
    await count({ all: [] }),
    (await product.explainRule({ rule: carted, on: end })).consumers,
  ];
  const [all, carts] = [before.people.length, users(before, carted).length];
  expect(await sizes()).toEqual([carts, carts, carts, carts, all, carts]);
  const { id: suppression } = await product.suppress(`user:${gone}`);
  expect(await sizes()).toEqual([carts - 1, carts - 1, carts - 1, carts - 1, all - 1, carts - 1]);
  const report = await bring(home, { ...none, consumers: [{ id_user: other, consent: 'no' }] });
  expect(await sizes()).toEqual([carts - 2, carts - 2, carts - 2, carts - 2, all - 2, carts - 2]);
  const exported = await product.audienceMembers('of the willing');
  expect(exported.map(({ value }) => value)).not.toEqual(expect.arrayContaining([gone]));
  await home.undo(report);
  await product.unsuppress(suppression);
  expect(await sizes()).toEqual([carts, carts, carts, carts, all, carts]);
});

test('what nothing names any more is forgotten, and nothing else', async () => {
  const { warehouse } = (await home.product()).installation.context;
  const some = { consumers: sql`SELECT toUInt32(number + 1) AS consumer FROM numbers(5)` };
  for (const run of [40_001, 40_002, 40_003, 40_010]) await keepMembers(warehouse, run, some);
  const kept = await warehouse.rows<{ run: number }>(sql`SELECT DISTINCT run FROM audience_bitmaps WHERE run < 40001`);
  await forgetUnnamed(warehouse, { before: 40_005, named: [40_002, ...kept.map(({ run }) => run)] });
  const left = await warehouse.rows<{ run: number }>(
    sql`SELECT DISTINCT run FROM audience_bitmaps WHERE run > 40000 ORDER BY run`,
  );
  expect(left.map(({ run }) => run)).toEqual([40_002, 40_010]);
  expect(kept.length).toBeGreaterThan(0);
});
