import { dayOfNumber } from '../base/day.ts';
import type { Context } from '../intake/context.ts';
import { spansKept } from '../lifecycle/kept.ts';
import { NEVER } from '../model/paid.ts';
import { sql } from '../warehouse/sql.ts';
import { keepUp } from './lifecycle.ts';
import { ruleSetOf } from './rules.ts';

interface Span {
  readonly stage: string;
  readonly start: number;
  readonly finish: number;
}

/** A consumer's stages over its life under the adopted rules, first to last. */
export async function spansOfConsumer(context: Context, consumer: number): Promise<Span[]> {
  const rules = await ruleSetOf(context);
  await keepUp(context, rules);
  const rows = await context.warehouse.rows<{ level: number; start: number; finish: number }>(
    sql`SELECT level, start, finish FROM ${spansKept(rules)} WHERE consumer = ${consumer}
      GROUP BY level, start, finish HAVING sum(sign) > 0 ORDER BY start`,
  );
  return rows.map(({ level, start, finish }) => ({ stage: rules.stages[level - 1]?.code ?? '', start, finish }));
}

/** From its first to its last day; an open end is a stage that nothing known will end. */
export function levelOfSpan({ stage, start, finish }: Span): { stage: string; from: string; to: string | null } {
  return { stage, from: dayOfNumber(start), to: finish === NEVER ? null : dayOfNumber(finish - 1) };
}
