import { describe, expect, test } from 'vitest';
import { analyses } from '../src/analyses/index.ts';
import { ask, type Facts, keepSpans, lens, store, tell } from '../src/analyses/testing/world.ts';
import { addDays } from '../src/base/day.ts';
import { defaultRules } from '../src/model/rules/default.ts';
import { ask as askOracle } from './oracle/ask.ts';
import { type Answer, cases, rowsOf, togetherCases } from './oracle/cases.ts';
import { smallWorld, usualSize } from './oracle/generate.ts';
import type { Scope } from './oracle/paid.ts';
import { stageOn, stages } from './oracle/stage.ts';
import { type World, world } from './oracle/world.ts';

const { warehouse } = store();
const { end } = usualSize;

type Question = Pick<Answer, 'analysis' | 'params'>;

/** The oracle's world as facts; its consumers count from 0. Orders of nobody keep their order_id. */
function factsOf({ lives, items, orderIds }: World): Facts {
  const all = [...lives].map(([n, life]) => ({ consumer: n + 1, life }));
  const held = new Set(all.flatMap(({ life }) => life.lines.map((line) => line.order_id)));
  return {
    events: all.flatMap(({ consumer, life }) =>
      life.events.map(({ ordinal: _, day: __, event_time: time, amount, ...rest }) => ({
        ...rest,
        consumer,
        time,
        amount: amount / 100,
      })),
    ),
    orders: [
      ...all.flatMap(({ consumer, life }) =>
        life.lines.map(({ order_day, pay_day, amount, refund_amount, refund_day, ...rest }) => ({
          ...rest,
          consumer,
          ordered: order_day,
          ...(pay_day === '' ? {} : { paid: pay_day }),
          amount: amount / 100,
          refund: refund_amount / 100,
          ...(refund_day === '' ? {} : { refunded: refund_day }),
        })),
      ),
      ...[...orderIds].filter((id) => !held.has(id)).map((order_id) => ({ consumer: 0, order_id, ordered: end })),
    ],
    members: all.flatMap(({ consumer, life }) =>
      life.memberships.map(({ join_day, quit_day }) => ({
        consumer,
        joined: join_day,
        ...(quit_day === '' ? {} : { quit: quit_day }),
      })),
    ),
    reviews: all.flatMap(({ consumer, life }) =>
      life.reviews.map(({ day, rating, item_id }) => ({ consumer, time: day, rating, item_id })),
    ),
    items: [...items].map(([item_id, { brand, category_id }]) => ({ item_id, brand, category_id })),
  };
}

/** A whole scope is answered from kept spans, any other from spans computed for the question. */
function lensOf({ ownBrands, ...rest }: Scope, kept: boolean) {
  return lens({ ...rest, own: ownBrands ?? [] }, { kept });
}

/** The product's answer. */
async function answer({ analysis, params }: Question, scope: Scope, kept = false) {
  return shown(analysis, await ask(warehouse(), byId(analysis), params, lensOf(scope, kept)));
}

function byId(id: string) {
  const found = analyses.find((each) => each.id === id);
  if (!found) throw new Error(`no analysis ${id}`);
  return found;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Rows that count somebody, and money that can be seen. */
function shown(analysis: string, rows: Rows): Rows {
  return rows.filter((row) => {
    if (analysis.startsWith('aipl-')) return row.consumers !== 0;
    return analysis !== 'grow' || Math.abs(Number(row.value)) >= 0.005;
  });
}

/** Numbers to so many digits, all else exactly. */
function near(rows: Rows, digits: number): Rows {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? expect.closeTo(value, digits) : value,
      ]),
    ),
  );
}

/** Every analysis as of a day, with ranges that end there. */
function questionsOn(on: string): Question[] {
  const month = { from: addDays(on, -29), to: on };
  const year = { from: addDays(on, -364), to: on };
  const base = { base_from: addDays(on, -400), base_to: addDays(on, -20) };
  return [
    { analysis: 'aipl-stock', params: { on } },
    { analysis: 'aipl-trend', params: { from: addDays(on, -4), to: on } },
    { analysis: 'aipl-flow', params: month },
    { analysis: 'fast', params: month },
    { analysis: 'fast', params: { from: on, to: on } },
    { analysis: 'grow', params: { ...month, ...base } },
    { analysis: 'rfm', params: { on } },
    { analysis: 'repurchase', params: { on, within_days: 14 } },
    { analysis: 'retention', params: { ...year, cohort: 'first_pay', unit: 'month' } },
    { analysis: 'retention', params: { ...month, cohort: 'first_touch', unit: 'week' } },
    { analysis: 'retention', params: { ...month, cohort: 'first_touch', unit: 'day' } },
  ];
}

/** A world of its own for each day: the last, with next to nothing ahead, and days before it. */
const asked = [
  { seed: 1, on: end, scope: { brand: 'X' } },
  { seed: 2, on: addDays(end, -1), scope: { category: 'c0' } },
  { seed: 3, on: addDays(end, -15), scope: { brand: 'Y', category: 'c1' } },
  { seed: 4, on: addDays(end, -364), scope: { category: 'c1' } },
];

describe('the shelf answers as the oracle does', () => {
  test.each(asked)('in the dense little world of seed $seed on $on', async ({ seed, on, scope }) => {
    const known = world(smallWorld(seed));
    const facts = factsOf(known);
    let rows = 0;
    for (const own of [[], ['X', 'Z'], null]) {
      const each: Scope = own === null ? scope : { ownBrands: own };
      await tell(warehouse(), facts);
      if (own !== null) await keepSpans(warehouse(), defaultRules, own);
      for (const question of questionsOn(on)) {
        const expected = shown(question.analysis, askOracle(known, question, each));
        rows += expected.length;
        const name = JSON.stringify({ scope: each, ...question });
        expect([name, ...(await answer(question, each, own !== null))]).toEqual([name, ...near(expected, 6)]);
      }
    }
    expect(rows).toBeGreaterThan(60);
  });

  test.each(cases.filter(({ expect: { answers } }) => answers).map((one) => [one.name, one] as const))(
    'where it was counted by hand: %s',
    async (_, one) => {
      await tell(warehouse(), factsOf(world(one.rows)));
      for (const each of one.expect.answers ?? [])
        expect(await answer(each, one.scope ?? {})).toEqual(near(each.rows, 2));
    },
  );

  test('on the stage of every consumer of the cases that may lie together', async () => {
    const known = world(rowsOf(togetherCases));
    await tell(warehouse(), factsOf(known));
    const stock = stages.map((stage) => ({
      stage,
      consumers: [...known.lives.keys()].filter((n) => stageOn(known, n, end) === stage).length,
    }));
    expect(await ask(warehouse(), byId('aipl-stock'), { on: end })).toEqual(stock);
    expect(stock.every(({ consumers }) => consumers > 5)).toBe(true);
  });
});
