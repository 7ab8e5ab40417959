import { membersOf } from '../../audiences/compile.ts';
import type { Members } from '../../audiences/members.ts';
import { looksAtStages } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { MOST_NAMED, named, type Some, theseNumbers } from '../../lifecycle/some.ts';
import { sql } from '../../warehouse/sql.ts';
import { type Question, withLives } from './lives.ts';

/** Members by their numbers; undefined where they are too many to be named. */
export async function fewNamed({ warehouse }: Context, { consumers }: Members): Promise<Some | undefined> {
  const rows = await warehouse.rows<{ consumer: number }>(
    sql`SELECT consumer FROM (${consumers}) LIMIT ${MOST_NAMED + 1}`,
  );
  return rows.length > MOST_NAMED ? undefined : named(rows.map(({ consumer }) => consumer));
}

/**
 * Who of few consumers meets every condition of an `all`. Note: of few, a question takes as long as its planning, and that
 * longer the more stands in one statement; so stages, which take most, are asked last, of those who are left.
 */
export async function membersOfFew(context: Context, { rule, asked }: Question, few: Some): Promise<Members> {
  const stages = rule.parts.filter(looksAtStages);
  const rest = rule.parts.filter((part) => !stages.includes(part));
  let left = few;
  for (const parts of [rest, stages]) {
    if (parts.length === 0 || left.numbers?.length === 0) continue;
    left = await whoMeets(context, { rule: { ...rule, parts }, asked: { ...asked, only: left.test }, few: left });
  }
  return { consumers: theseNumbers(left.numbers ?? []) };
}

async function whoMeets(context: Context, question: Question): Promise<Some> {
  const { consumers } = membersOf(question.rule, await withLives(context, question));
  const rows = await context.warehouse.rows<{ consumer: number }>(consumers);
  return named(rows.map(({ consumer }) => consumer));
}
