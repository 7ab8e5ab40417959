/** Audience rules of every kind, samples and lists: the same people on every engine. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askedOf, questionOf } from '../../src/app/audiences/members.ts';
import { narrowed } from '../../src/app/audiences/narrowed.ts';
import { isUp } from '../../src/app/lifecycle.ts';
import { ruleSetOf } from '../../src/app/rules.ts';
import { membersOf } from '../../src/audiences/compile.ts';
import { readRule } from '../../src/audiences/read.ts';
import { named, theseNumbers } from '../../src/lifecycle/some.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { bring, usersAmong, usersOf } from '../audiences/asking.ts';
import { qualifies, type Rule, universe } from '../audiences/evaluator.ts';
import { end, factsOf } from '../audiences/facts.ts';
import { rule } from '../audiences/rules.ts';
import { dice } from '../oracle/dice.ts';
import { freshHome } from '../product.ts';
import { type Engine, engines } from '../servers/engines.ts';

const facts = factsOf(dice(21), 90);
const all = universe(facts);

/** One rule of every kind at least, none of which asks for a day after the end. */
const rules = fc.sample(rule, { seed: 21, numRuns: 30 });

const expected = (asked: Rule): string[] =>
  all.people
    .filter((person) => qualifies(person, asked, end, all))
    .map(({ user }) => user)
    .toSorted();

const carted: Rule = { did: { behavior: ['cart'], window: { days: 60 } } };
const inSteps: Rule[] = [
  { all: [carted, { stage: { in: ['I', 'P'] } }] },
  { all: [carted, { not: { bought: { window: { days: 30 } } } }] },
];
/** Rules by all kinds of facts. */
const inFacts: Rule[] = [
  { all: [{ bought: {} }, { stage: { in: ['P', 'L'] } }] },
  { all: [{ not: { bought: { window: { days: 90 } } } }, { not: { stage: { in: ['L'] } } }] },
];
/** Somebody who meets none of these. */
const stranger = { events: [{ id_user: 'stranger', behavior: 'item_view', event_time: `${end} 09:00:00` }] };

describe.each(engines)('$name: audiences', { timeout: 240_000 }, ({ open, missing }) => {
  let engine: Engine | undefined;
  const home = freshHome(() => engine?.config ?? {});

  beforeAll(async () => {
    if (!missing) engine = await open();
  }, 120_000);
  afterAll(async () => {
    await home.close();
    await engine?.end();
  });

  test.skipIf(missing !== undefined)('rules take whom a recount takes', async () => {
    await bring(home, facts);
    const asked = rules.map((each) => ({ rule: each, on: end }));
    for (let i = 0; i < asked.length; i += 15) {
      const some = asked.slice(i, i + 15);
      expect(await usersOf(home, some)).toEqual(some.map((each) => expected(each.rule)));
    }
    expect(new Set(rules.flatMap((each) => Object.keys(each))).size).toBeGreaterThan(8);
  });

  test.skipIf(missing !== undefined)('rules asked in two steps take whom a recount takes', async () => {
    const { context } = (await home.product()).installation;
    for (const each of inSteps) {
      const rule = readRule(each);
      const left = await narrowed(context, { rule, asked: await askedOf(context, { rule }, end) }, 10_000_000);
      if (!left) throw new Error(`one step takes ${JSON.stringify(each)}`);
      expect(await usersAmong(context, membersOf(left.rule, left.asked).consumers)).toEqual(expected(each));
    }
  });

  test.skipIf(missing !== undefined)('few are asked step by step while the lifecycle of all is behind', async () => {
    const { context } = (await home.product()).installation;
    const none = { events: [], orders: [], reviews: [], members: [], consumers: [], items: [] };
    const report = await bring(home, { ...none, ...stranger });
    const numbers = (
      await context.warehouse.rows<{ consumer: number }>(
        sql`SELECT DISTINCT consumer FROM people FINAL WHERE consumer != 0 ORDER BY consumer`,
      )
    ).map(({ consumer }) => consumer);
    const takes = async (each: Rule, few: readonly number[]) => {
      const { consumers } = await questionOf(context, { rule: readRule(each), among: named(few) }, end);
      return usersAmong(context, consumers);
    };
    for (const each of inSteps) expect(await takes(each, numbers)).toEqual(expected(each));
    // Note: of one consumer most kinds of facts are none, and are not asked for.
    for (const each of inFacts) {
      const found: string[] = [];
      for (const one of numbers.slice(0, 12)) found.push(...(await takes(each, [one])));
      const twelve = await usersAmong(context, theseNumbers(numbers.slice(0, 12)));
      expect(found).not.toEqual([]);
      expect(found.toSorted()).toEqual(expected(each).filter((user) => twelve.includes(user)));
    }
    expect(await isUp(context, await ruleSetOf(context))).toBe(false);
    await home.undo(report);
  });

  test.skipIf(missing !== undefined)('who is suppressed is a member of nothing until that is taken back', async () => {
    const product = await home.product();
    const everybody = expected({ all: [] });
    const gone = everybody[3] ?? '';
    const { id } = await product.suppress(`user:${gone}`);
    expect(await usersOf(home, [{ rule: { all: [] }, on: end }])).toEqual([everybody.filter((user) => user !== gone)]);
    await product.unsuppress(id);
    expect(await usersOf(home, [{ rule: { all: [] }, on: end }])).toEqual([everybody]);
  });

  test.skipIf(missing !== undefined)('samples and lists are found', async () => {
    const path = join(home.files, 'list.csv');
    writeFileSync(path, 'user\nu3\nu5\nnobody\n');
    await (await home.product()).uploadList(path, { name: 'two', id: 'user' });
    const [listed, drawn = [], more = []] = await usersOf(home, [
      { rule: { list: 'two' }, on: end },
      { rule: { sample: { percent: 20, seed: 's' } }, on: end },
      { rule: { sample: { percent: 60, seed: 's' } }, on: end },
    ]);
    expect(listed).toEqual(['u3', 'u5']);
    expect(more).toEqual(expect.arrayContaining(drawn));
    expect([drawn.length > 5, more.length < 80]).toEqual([true, true]);
  });
});
