import { type Fragment, own, perConsumer, sql } from '../warehouse/sql.ts';
import { NEVER, paidLines } from './paid.ts';
import { behaviorsOf, type RuleSet } from './rules/ruleSet.ts';
import { eventsInScope, inScope, membersInScope, type Scope } from './scope.ts';

/** Memberships, one row each: `consumer`, `day` of joining, and `until`, the day number of quitting. */
export function memberships(scope: Scope, which: Fragment = sql`1`): Fragment {
  return perConsumer(sql`SELECT consumer, day, ifNull(toUInt16(quit_day), toUInt16(${NEVER})) AS until
    FROM ${own('memberships')} WHERE consumer != 0 AND until > toUInt16(day) AND ${membersInScope(scope)} AND ${which}`);
}

/** Memberships in force as of the end of a day, with all their columns; of one consumer there may be several. */
export function joinedOn(on: Fragment): Fragment {
  return perConsumer(sql`SELECT * FROM ${own('memberships')}
    WHERE consumer != 0 AND day <= ${on} AND (isNull(quit_day) OR quit_day > ${on})`);
}

/** Members as of the end of a day, one row a consumer. */
export function membersOn(on: Fragment, scope: Scope): Fragment {
  return perConsumer(
    sql`SELECT consumer FROM ${memberships(scope)} WHERE day <= ${on} AND until > toUInt16(${on}) GROUP BY consumer`,
  );
}

/**
 * Members as of the end of a day who acted or paid in the rules' window that ends with it, one row a consumer. Note: one
 * group of both, which goes to disk where memory does not hold it; a set of a hundred million who acted would not.
 */
export function activeMembersOn(rules: RuleSet, on: Fragment, scope: Scope): Fragment {
  const { did, days } = rules.active_member;
  const recent = sql`day > ${on} - ${days} AND day <= ${on}`;
  return perConsumer(sql`SELECT consumer FROM (
      SELECT consumer, 1 AS is_member FROM ${membersOn(on, scope)}
      UNION ALL SELECT consumer, 0 FROM ${eventsInScope(scope)} WHERE behavior IN ${behaviorsOf(rules, did)} AND ${recent}
      UNION ALL SELECT consumer, 0 FROM ${paidLines(scope)} WHERE ${recent} AND until > toUInt16(${on}))
    GROUP BY consumer HAVING max(is_member) = 1 AND min(is_member) = 0`);
}

/**
 * Followings, one row each: `consumer`, the `day` it began, and `until`, the day number of the next following or
 * unfollowing. At one moment an unfollowing comes last. No category: following is of a brand.
 */
export function followings(
  rules: RuleSet,
  scope: Scope,
  which: Fragment = sql`1`,
  events: Fragment = own('events'),
): Fragment {
  const { on, off } = rules.fan;
  if (scope.category !== undefined)
    return sql`(SELECT toUInt32(0) AS consumer, toDate(0) AS day, toUInt16(0) AS until WHERE 0)`;
  return perConsumer(sql`SELECT consumer, day, until FROM (
    SELECT consumer, day, behavior, leadInFrame(toUInt16(day), 1, toUInt16(${NEVER})) OVER (
      PARTITION BY consumer ORDER BY at, behavior IN ${off} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until
    FROM ${events} WHERE behavior IN ${[...on, ...off]} AND consumer != 0 AND ${inScope(scope)} AND ${which})
    WHERE behavior IN ${on} AND until > toUInt16(day)`);
}
