import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultRules } from '../model/rules/default.ts';
import { o5aRules } from '../model/rules/o5a.ts';
import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { type Fragment, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type Kept, keepSpans } from './keep.ts';
import { stageSpans } from './spans.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-reopen-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ kind: 'embedded', dir: join(folder, 'facts') });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const CONSUMERS = 400;
const behaviors = ['click', 'item_view', 'cart', 'follow', 'unfollow', 'pay', 'refund', 'review', 'impression'];

/** A random number of a row of a step, one for each purpose. */
const dice = (step: number, purpose: number): Fragment => sql`cityHash64(number, ${step}, ${purpose})`;

/** An item of our own brand, one of another's, one that `items` does not know, none; and what a row itself may say. */
const items = ['ours', 'theirs', 'unknown', ''];
const brands = ['', 'own', 'other'];
const pick = (words: readonly string[], random: Fragment): Fragment => sql`${words}[1 + ${random} % ${words.length}]`;

/** Adds `rows` events, a fifteenth as many order lines and a twentieth as many memberships, of some consumers, on `days`. */
async function happen(step: number, rows: number, days: readonly [first: string, length: number]): Promise<void> {
  const [first, length] = days;
  const at = sql`(toDate(${first}) + toUInt16(${dice(step, 1)} % ${length}))`;
  const consumer = sql`toUInt32(1 + ${dice(step, 2)} % ${CONSUMERS})`;
  const place = sql`toUInt32(${step}) AS file, number AS line`;
  await warehouse.run(sql`INSERT INTO events (consumer, day, at, behavior, order_id, value, item_id, brand, file, line)
    SELECT ${consumer}, ${at} AS day, toDateTime64(day, 3, 'UTC') + ${dice(step, 3)} % 3, ${behaviors}[1 + ${dice(step, 4)} % ${behaviors.length}],
      concat('e', toString(${dice(step, 5)} % 3)), 3 + ${dice(step, 6)} % 3,
      ${pick(items, dice(step, 10))}, ${pick(brands, dice(step, 11))}, ${place} FROM numbers(${rows})`);
  await warehouse.run(sql`INSERT INTO order_lines (consumer, day, order_id, order_at, status, amount, refund_amount, refund_day, item_id, brand, file, line)
    SELECT ${consumer}, ${at} AS day, concat('o', toString(number)), toDateTime64(day, 3, 'UTC'), 'paid', 100,
      if(${dice(step, 7)} % 3 = 0, 100, NULL), day + toUInt16(${dice(step, 8)} % 20),
      ${pick(items, dice(step, 12))}, ${pick(brands, dice(step, 13))}, ${place} FROM numbers(${Math.ceil(rows / 15)})`);
  await warehouse.run(sql`INSERT INTO memberships (consumer, day, join_at, quit_day, file, line)
    SELECT ${consumer}, ${at} AS day, toDateTime64(day, 3, 'UTC'), if(${dice(step, 9)} % 2 = 0, day + 5, NULL), ${place}
    FROM numbers(${Math.ceil(rows / 20)})`);
  for (const table of [sql`events`, sql`order_lines`, sql`memberships`])
    await warehouse.run(sql`INSERT INTO touched (commit, consumer, day)
      SELECT toUInt32(${step}), consumer, min(day) FROM ${table} WHERE file = ${step} GROUP BY consumer`);
}

/** Steps of facts after the first six weeks, each with how many of its rows and its days. */
const steps: readonly (readonly [rows: number, days: readonly [string, number]])[] = [
  [100, ['2026-01-01', 1]],
  [40, ['2026-01-02', 3]],
  [10, ['2025-12-20', 17]],
  [5, ['1970-01-01', 2]],
  [60, ['2026-01-20', 1]],
];

const cases: readonly { readonly rules: RuleSet; readonly name: string; readonly own: readonly string[] }[] = [
  { rules: defaultRules, name: 'default, all brands', own: [] },
  { rules: defaultRules, name: 'default, own brands', own: ['own'] },
  { rules: o5aRules, name: 'o-5a, all brands', own: [] },
];

test.each(cases)(
  'spans kept through days and late rows are the spans made anew, and no span that had ended is opened: $name',
  async ({ rules, own }) => {
    for (const table of [
      sql`events`,
      sql`order_lines`,
      sql`memberships`,
      sql`people`,
      sql`touched`,
      sql`items`,
      sql`stage_spans`,
    ])
      await warehouse.run(sql`TRUNCATE TABLE ${table}`);
    await warehouse.run(
      sql`INSERT INTO people (who, consumer, version) SELECT number, number, 0 FROM numbers(${CONSUMERS + 1})`,
    );
    await warehouse.run(
      sql`INSERT INTO items (item_id, brand, file, line) VALUES ('ours', 'own', 0, 1), ('theirs', 'other', 0, 2)`,
    );
    const states = new Map<string, Kept>();
    const memory = {
      read: async (key: string) => states.get(key),
      write: async (key: string, kept: Kept) => void states.set(key, kept),
      alone: <T>(work: () => Promise<T>) => work(),
    };
    const refresh = () => keepSpans(warehouse, memory, rules, { own }, () => {});
    const columns = sql`consumer, start, finish, level`;
    const key = rulesKey(rules);
    await happen(1, 1200, ['2025-11-20', 42]);
    await refresh();
    for (const [i, [rows, days]] of steps.entries()) {
      await happen(i + 2, rows, days);
      await refresh();
      const kept = await warehouse.rows(sql`SELECT ${columns}, sum(sign) AS times FROM stage_spans WHERE rules = ${key}
        GROUP BY ALL HAVING times != 0 ORDER BY ALL`);
      const anew = await warehouse.rows(
        sql`SELECT ${columns}, 1 AS times FROM ${stageSpans(rules, { own })} ORDER BY ALL`,
      );
      expect(kept).toEqual(anew);
      const [opened] =
        await warehouse.rows(sql`SELECT countIf(sign < 0) > 0 AS some, countIf(finish < toUInt16(toDate(${days[0]}))) AS ended
        FROM stage_spans WHERE rules = ${key} AND batch = ${i + 2}`);
      expect(opened).toEqual({ some: 1, ended: 0 });
    }
  },
);
