/** Rules asked of few consumers, and in steps, take whom they take of everybody at once. */
import { beforeAll, expect, test } from 'vitest';
import { membersOfFew } from '../../src/app/audiences/few.ts';
import { askedOf, questionOf } from '../../src/app/audiences/members.ts';
import { narrowed } from '../../src/app/audiences/narrowed.ts';
import { isUp, keepUp } from '../../src/app/lifecycle.ts';
import { ruleSetOf } from '../../src/app/rules.ts';
import { membersOf } from '../../src/audiences/compile.ts';
import { forgetRuns, keepMembers } from '../../src/audiences/kept.ts';
import { readRule } from '../../src/audiences/read.ts';
import { addDays } from '../../src/base/day.ts';
import { named } from '../../src/lifecycle/some.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';
import { bring } from './asking.ts';
import type { Rule } from './evaluator.ts';
import { end } from './facts.ts';
import { after, before, carted, facts, late, users, usersKept, women } from './later.ts';

const home = freshHome();
const usersOfRun = async (run: number) => usersKept((await home.product()).installation.context, run);

/** A greatest number of consumers beyond which rules are asked in two steps. */
const MANY = 10_000_000;

beforeAll(async () => {
  await bring(home, facts);
  await (await home.product()).createAudience({ name: 'a', rule: carted, on: end });
}, 60_000);

test('a rule asked in two steps takes whom it takes at once', async () => {
  const { context } = (await home.product()).installation;
  const viewed: Rule = { did: { behavior: ['item_view'], window: { days: 60 } } };
  const rules: { readonly all: readonly unknown[] }[] = [
    { all: [carted, women] },
    { all: [carted, viewed, { not: { bought: { window: { days: 30 } } } }] },
    { all: [carted, { stage: { in: ['I', 'P'] } }, { not: women }] },
    { all: [{ audience: 'a' }, women] },
  ];
  for (const each of rules) {
    const rule = readRule(each);
    const asked = await askedOf(context, { rule }, end);
    const left = await narrowed(context, { rule, asked }, MANY);
    if (!left) throw new Error(`one step takes ${JSON.stringify(each)}`);
    const [row] = await context.warehouse.rows<{ consumers: number }>(
      sql`SELECT count() AS consumers FROM (${membersOf(left.rule, left.asked).consumers})`,
    );
    const meant = JSON.parse(JSON.stringify(each).replace('{"audience":"a"}', JSON.stringify(carted)));
    expect({ each, consumers: row?.consumers }).toEqual({ each, consumers: users(before, meant).length });
  }
  const notSo: Rule[] = [
    women,
    { all: [carted] },
    { all: [women, { member: {} }] },
    { all: [carted, { top: { by: 'amount', n: 3 } }] },
  ];
  for (const each of notSo) {
    const asked = await askedOf(context, { rule: readRule(each) }, end);
    expect(await narrowed(context, { rule: readRule(each), asked }, MANY)).toBeUndefined();
  }
});

test('a refresh of many changed consumers looks at nobody else, and names whom its first step leaves', async () => {
  const { context } = (await home.product()).installation;
  const rule = readRule({ all: [carted, women] });
  const [some = ''] = users(before, { all: [carted, women] });
  const who = sql`consumer IN (SELECT consumer FROM people FINAL WHERE who IN (SELECT ident FROM identifiers WHERE type = 'user' AND value = ${some}))`;
  const asked = { ...(await askedOf(context, { rule }, end)), only: who };
  const left = await narrowed(context, { rule, asked }, MANY);
  if (!left?.few) throw new Error('nobody is named');
  const { consumers } = await membersOfFew(context, left, left.few);
  const found = (await context.warehouse.rows<{ consumer: number }>(consumers)).map(({ consumer }) => consumer);
  expect([some === '', left.few.numbers.length, found]).toEqual([false, 1, left.few.numbers]);
});

test.each<readonly [string, Rule, number]>([
  ['of who did not buy', { not: { bought: { window: { days: 30 } } } }, 9710],
  ['of who did neither', { all: [{ not: carted }, { not: women }] }, 9711],
  ['of who has no stage that is deep', { not: { stage: { in: ['P', 'L'] } } }, 9712],
  ['of who carted and did not buy', { all: [carted, { not: { bought: { window: { days: 30 } } } }] }, 9713],
  ['of everybody', { all: [] }, 9714],
])('of few changed consumers those that there are qualify by what they did not do: %s', async (_, meant, run) => {
  const { context } = (await home.product()).installation;
  const all = await context.warehouse.rows<{ consumer: number }>(
    sql`SELECT DISTINCT consumer FROM people FINAL WHERE consumer != 0`,
  );
  const nobody = [4_000_000, 4_000_001];
  const among = named([...all.map(({ consumer }) => consumer), ...nobody]);
  const count = await keepMembers(
    context.warehouse,
    run,
    await questionOf(context, { rule: readRule(meant), among }, end),
  );
  expect([count, await usersOfRun(run)]).toEqual([users(before, meant).length, users(before, meant)]);
  await forgetRuns(context.warehouse, [run]);
});

test('the stages of few changed consumers are told from their facts while the lifecycle of all is behind', async () => {
  const { context } = (await home.product()).installation;
  const rules = await ruleSetOf(context);
  const kinds: readonly object[] = [
    { stage: { in: ['I', 'P'] } },
    { not: { stage: { in: ['P', 'L'] } } },
    { moved: { from: ['A', 'I', 'none'], to: ['I', 'P'], between: [addDays(end, -1), end] } },
    { stayed: { in: ['A', 'I', 'P', 'L'], days: { min: 5 } } },
    { audience: 'of a stage' },
  ];
  await (await home.product()).createAudience({ name: 'of a stage', rule: { stage: { in: ['I'] } } });
  await keepUp(context, rules);
  const report = await bring(home, late);
  const all = await context.warehouse.rows<{ consumer: number }>(
    sql`SELECT DISTINCT consumer FROM people FINAL WHERE consumer != 0`,
  );
  const among = named(all.map(({ consumer }) => consumer));
  for (const kind of kinds) {
    const each = { all: [carted, kind] };
    const asked = { rule: readRule(each), among };
    await keepMembers(context.warehouse, 9700, await questionOf(context, asked, end));
    const meant = JSON.parse(JSON.stringify(each).replace('{"audience":"of a stage"}', '{"stage":{"in":["I"]}}'));
    expect({ each, users: await usersOfRun(9700) }).toEqual({ each, users: users(after, meant) });
    if (!('audience' in kind)) expect(await isUp(context, rules)).toBe(false);
    await forgetRuns(context.warehouse, [9700]);
  }
  await home.undo(report);
});
