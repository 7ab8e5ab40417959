import { people } from '../identity/people.ts';
import { type Fragment, perConsumer, sql } from '../warehouse/sql.ts';
import type { Asked } from './asking.ts';
import { Plan } from './plan.ts';
import { flagOf, type Rule } from './rule.ts';

/**
 * The consumers that a rule takes, as a question: `consumer`, one row each. Facts are asked shard by shard; where a
 * consumer without facts qualifies, all are taken but those whose facts speak against it.
 */
export function membersOf(rule: Rule, asked: Asked): Fragment {
  const plan = new Plan(asked.on);
  const { test, empty } = flagOf(rule, { ...asked, plan, within: [] });
  const measured = plan.table();
  const everybody = sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0`;
  if (!measured) return empty ? everybody : sql`${everybody} AND 0`;
  const those = (which: Fragment) => perConsumer(sql`SELECT consumer FROM ${measured} WHERE ${which}`);
  if (!empty) return sql`SELECT consumer FROM ${those(test)}`;
  return sql`${everybody} AND consumer NOT IN (SELECT consumer FROM ${those(sql`NOT (${test})`)})`;
}
