import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayNumber, dayOfNumber } from '../base/day.ts';
import { defaultRules } from '../model/rules/default.ts';
import { o5aRules } from '../model/rules/o5a.ts';
import { type Condition, type RuleSet, ruleSet } from '../model/rules/ruleSet.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { stageSpans, stagesOn } from './spans.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-sweep-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ kind: 'embedded', dir: join(folder, 'facts') });
  await warehouse.run(sql`INSERT INTO events (consumer, day, at, behavior, value, line)
    SELECT 1 + cityHash64(number, 1) % 60, toDate('2026-01-01') + toUInt16(cityHash64(number, 2) % 90) AS day,
      toDateTime64(day, 3, 'UTC') + cityHash64(number, 3) % 3,
      ['click', 'item_view', 'cart', 'follow', 'unfollow', 'pay', 'review'][1 + cityHash64(number, 4) % 7], 5, number
    FROM numbers(900)`);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A condition that nobody meets: its counter takes nine bits of a sum. */
const never = (i: number): Condition => ({ paid: { days: 400 + i, on_days: 50 } });

/** The rules, with so many such conditions before those of each stage. */
function padded(rules: RuleSet, more: number): RuleSet {
  const stages = rules.stages.map((stage, s) => ({
    ...stage,
    when: [...Array.from({ length: more }, (_, i) => never(s * more + i)), ...stage.when],
  }));
  return ruleSet.parse({ ...rules, stages });
}

const spansOf = (rules: RuleSet) =>
  warehouse.rows(sql`SELECT consumer, start, finish, level FROM ${stageSpans(rules, { own: [] })} ORDER BY ALL`);

test.each([defaultRules, o5aRules].flatMap((rules) => [1, 2, 5].map((more) => ({ rules, more, name: rules.name }))))(
  '$more conditions more in each stage of $name, which nobody meets, change no span, however many sums they take',
  async ({ rules, more }) => {
    const expected = await spansOf(rules);
    expect(expected.length).toBeGreaterThan(150);
    expect(await spansOf(padded(rules, more))).toEqual(expected);
  },
);

const twice: RuleSet = ruleSet.parse({
  ...defaultRules,
  stages: [
    { code: 'S', title: { zh: '一', en: 'One' }, when: [{ did: ['click'], days: 10, on_days: 3 }] },
    { code: 'T', title: { zh: '二', en: 'Two' }, when: [{ paid: { days: 40, on_days: 2 } }, { fan: true }] },
  ],
});

test.each(
  [defaultRules, o5aRules, padded(defaultRules, 5), twice].map((rules, i) => ({ rules, name: `${i} ${rules.name}` })),
)('on every day the stages told of that day alone are those whose spans meet it: rules $name', async ({ rules }) => {
  const spans = (await spansOf(rules)) as { consumer: number; start: number; finish: number; level: number }[]; // as: the columns asked for
  const days = Array.from({ length: 14 }, (_, i) => dayNumber('2025-12-31') + i * 10);
  let met = 0;
  for (const day of days) {
    const expected = spans.filter(({ start, finish }) => start <= day && day < finish);
    const told = await warehouse.rows(
      sql`SELECT consumer, level FROM ${stagesOn(rules, { own: [] }, dayOfNumber(day))} ORDER BY consumer`,
    );
    expect(told).toEqual(expected.map(({ consumer, level }) => ({ consumer, level })));
    met += told.length;
  }
  expect(met).toBeGreaterThan(30);
});

test('of one stage a behaviour on two days, a payment and a following count as one run', async () => {
  const alone = ruleSet.parse({
    ...defaultRules,
    stages: [
      {
        code: 'S',
        title: { zh: '一', en: 'One' },
        when: [{ did: ['click'], days: 10, on_days: 2 }, { paid: { days: 30 } }, { fan: true }],
      },
    ],
  });
  await warehouse.run(sql`INSERT INTO events (consumer, day, at, behavior, amount, line)
    SELECT 1001, toDate(at) AS day, toDateTime64(x.1, 3, 'UTC') AS at, x.2, 100, 1000
    FROM (SELECT arrayJoin([('2026-03-01', 'click'), ('2026-03-04', 'click'), ('2026-03-10', 'pay'), ('2026-04-02', 'follow'),
      ('2026-04-20', 'unfollow'), ('2026-05-01', 'click'), ('2026-05-11', 'click'), ('2026-05-20', 'click')]) AS x)`);
  const spans =
    await warehouse.rows(sql`SELECT toString(toDate(start)) AS start, toString(toDate(finish)) AS finish, level
    FROM ${stageSpans(alone, { own: [] }, sql`consumer = 1001`)} ORDER BY ALL`);
  expect(spans).toEqual([
    { start: '2026-03-04', finish: '2026-04-20', level: 1 },
    { start: '2026-05-20', finish: '2026-05-21', level: 1 },
  ]);
});
