import type { Asked } from '../../audiences/asking.ts';
import { looksAtOthers, membersOf } from '../../audiences/compile.ts';
import { keepMembers } from '../../audiences/kept.ts';
import type { Members } from '../../audiences/members.ts';
import type { Rule } from '../../audiences/rule.ts';
import type { Context } from '../../intake/context.ts';
import { type Few, MOST_NAMED, named, theseNumbers } from '../../lifecycle/some.ts';
import { sql } from '../../warehouse/sql.ts';
import type { Question } from './lives.ts';
import { takeRun } from './runs.ts';

/** Fewer consumers than this are asked at once quicker than in two steps. */
const LEAST = 500_000;
/** Above this share of all, what the rest of a rule looks at is hardly less. */
const MOST_SHARE = 0.1;

/**
 * What is left of an `all` after its first step: who meets its conditions on behaviours and saved audiences, which one
 * pass over one table tells, is kept, or named where few are looked at, and the rest is to be asked of those alone.
 * Undefined where that would gain nothing.
 */
export async function narrowed(
  context: Context,
  { rule, asked }: Question,
  last: number,
): Promise<Question | undefined> {
  if (rule.kind.name !== 'all' || last < LEAST || looksAtOthers(rule, asked)) return undefined;
  const first = rule.parts.filter((part) => isCheap(part, asked));
  const rest = { ...rule, parts: rule.parts.filter((part) => !first.includes(part)) };
  if (first.length === 0 || rest.parts.length === 0) return undefined;
  const members = membersOf({ ...rule, parts: first }, asked, last);
  const few = asked.only && (await fewNamed(context, members));
  if (few) return { rule: rest, asked: { ...asked, only: few.test, sure: theseNumbers(few.numbers) }, few };
  const run = await takeRun(context);
  const count = await keepMembers(context.warehouse, run, members);
  if (count > MOST_SHARE * last) return undefined;
  return { rule: rest, asked: { ...asked, only: undefined, candidates: run } };
}

/** Members by their numbers; undefined where they are too many to be named. */
async function fewNamed({ warehouse }: Context, { consumers }: Members): Promise<Few | undefined> {
  const rows = await warehouse.rows<{ consumer: number }>(
    sql`SELECT consumer FROM (${consumers}) LIMIT ${MOST_NAMED + 1}`,
  );
  return rows.length > MOST_NAMED ? undefined : named(rows.map(({ consumer }) => consumer));
}

/** Behaviours that must have happened, and audiences that are kept: what one pass over one table tells. */
export function isCheap({ kind, body }: Rule, { audiences }: Asked): boolean {
  if (kind.name === 'audience') return audiences.get(String(body))?.run !== undefined;
  const { count } = body as { readonly count?: { readonly min?: number } }; // as: read only of `did`, whose body it is
  return kind.name === 'did' && (count === undefined || (count.min ?? 0) >= 1);
}
