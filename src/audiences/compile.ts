import { people } from '../identity/people.ts';
import { type Fragment, perConsumer, sql } from '../warehouse/sql.ts';
import { joinedMembers } from './algebra.ts';
import type { Asked } from './asking.ts';
import type { Members } from './members.ts';
import { Plan } from './plan.ts';
import { flagOf, type Rule } from './rule.ts';

/** Everybody there is, or of some consumers those that there are: `consumer`, one row each. */
export function everybody({ only }: Pick<Asked, 'only'>): Fragment {
  const all = sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0`;
  return only ? sql`${all} AND consumer IN (${only})` : all;
}

/** The consumers that a rule takes. */
export function membersOf(rule: Rule, asked: Asked): Members {
  return (asked.only ? undefined : joinedMembers(rule, asked)) ?? { consumers: measuredMembers(rule, asked) };
}

/**
 * Facts are asked shard by shard; where a consumer without facts qualifies, all are taken but those whose facts speak
 * against it.
 */
function measuredMembers(rule: Rule, asked: Asked): Fragment {
  const plan = new Plan(asked.on, asked.only);
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
