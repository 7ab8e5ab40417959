import { people, thoseThere } from '../identity/people.ts';
import { BLOCK, membersKept } from '../model/membersKept.ts';
import { type Fragment, perConsumer, sql } from '../warehouse/sql.ts';
import { joinedMembers } from './algebra.ts';
import { type Among, type Asked, lookedAt } from './asking.ts';
import type { Members } from './members.ts';
import { Plan } from './plan.ts';
import { flagOf, isRelative, type Rule } from './rule.ts';

/** Everybody there is, or of some consumers those that there are: `consumer`, one row each. */
export function everybody(asked: Among): Fragment {
  const { only, isFew, sure, candidates } = asked;
  const among = (those: Fragment, rest: Among) =>
    sql`SELECT consumer FROM (${those}) WHERE ${lookedAt(rest) ?? sql`1`}`;
  if (sure) return among(sure, { ...asked, only: undefined });
  if (candidates !== undefined) return among(membersKept(candidates), { ...asked, candidates: undefined });
  if (only && isFew) return among(thoseThere(only), { ...asked, only: undefined });
  return sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0 AND ${lookedAt(asked) ?? sql`1`}`;
}

/** Blocks of consumers that a rule is asked of at once, so that its memory does not grow with their number. */
const BLOCKS = 8;

/** The consumers that a rule takes; `last` is the greatest number of any. */
export function membersOf(rule: Rule, asked: Asked, last = 0): Members {
  const joined = asked.only || asked.candidates !== undefined ? undefined : joinedMembers(rule, asked);
  if (joined) return joined;
  const ranges = asked.only || last < BLOCKS * BLOCK || looksAtOthers(rule, asked) ? [] : rangesTo(last);
  return {
    consumers: measuredMembers(rule, asked),
    ...(ranges.length > 0 ? { parts: ranges.map((only) => measuredMembers(rule, { ...asked, only })) } : {}),
  };
}

/** Ranges of consumer numbers up to the last, each a test. */
export function rangesTo(last: number): Fragment[] {
  const size = BLOCKS * BLOCK;
  return Array.from(
    { length: Math.ceil((last + 1) / size) },
    (_, i) => sql`consumer >= ${i * size} AND consumer < ${(i + 1) * size}`,
  );
}

/** Whether who qualifies depends on others, by the rule or by one that it stands on. */
export function looksAtOthers(rule: Rule, { audiences }: Pick<Asked, 'audiences'>): boolean {
  return [rule, ...[...audiences.values()].flatMap((known) => known.rule ?? [])].some(isRelative);
}

/**
 * Facts are asked shard by shard; where a consumer without facts qualifies, all are taken but those whose facts speak
 * against it.
 */
function measuredMembers(rule: Rule, asked: Asked): Fragment {
  const plan = new Plan(asked.on, lookedAt(asked), asked.isFew);
  const { test, empty } = flagOf(rule, { ...asked, plan, within: [] });
  const measured = plan.table();
  if (!measured) return empty ? everybody(asked) : sql`${everybody(asked)} AND 0`;
  const those = (which: Fragment) => {
    const question = sql`SELECT consumer FROM ${measured} WHERE ${which}`;
    return plan.isLocal ? perConsumer(question) : sql`(${question})`;
  };
  if (!empty) return sql`SELECT consumer FROM ${those(test)}`;
  return sql`${everybody(asked)} AND consumer NOT IN (SELECT consumer FROM ${those(sql`NOT (${test})`)})`;
}
