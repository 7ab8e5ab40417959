import { active, passive } from '../src/model/behaviors.ts';

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/**
 * AIPL of a day by the contract's §4 in DuckDB's SQL, over the bench's tables. One pass over the events gives every
 * consumer's signs; each other table is one more; a consumer's stage is the highest that any of them gives.
 */
export function aiplOf(on: string): string {
  const day = `DATE '${on}'`;
  return `
    WITH touched AS (
      SELECT consumer,
        bool_or(behavior IN (${list(active)})) FILTER (day > ${day} - 15) AS acted,
        bool_or(behavior IN (${list(passive)})) FILTER (day > ${day} - 15) AS seen,
        min(day) FILTER (behavior IN ('item_view', 'shop_visit') AND day > ${day} - 15) AS viewed_first,
        max(day) FILTER (behavior IN ('item_view', 'shop_visit') AND day > ${day} - 15) AS viewed_last,
        max(moment) FILTER (behavior IN ('follow', 'favorite_shop')) AS followed,
        max(moment) FILTER (behavior = 'unfollow') AS unfollowed,
        max(day) FILTER (behavior = 'pay') AS paid_last,
        min(day) FILTER (behavior = 'pay' AND day > ${day} - 365) AS paid_first,
        bool_or(behavior = 'review' AND value >= 4 AND day > ${day} - 365) AS praised
      FROM events
      WHERE day <= ${day} AND (
        (day > ${day} - 15 AND behavior IN (${list([...active, ...passive])}))
        OR behavior IN ('follow', 'favorite_shop', 'unfollow')
        OR (behavior = 'pay' AND day > ${day} - 912)
        OR (behavior = 'review' AND value >= 4 AND day > ${day} - 365))
      GROUP BY consumer),
    ordered AS (
      SELECT consumer, max(day) AS paid_last, min(day) FILTER (day > ${day} - 365) AS paid_first
      FROM order_lines
      WHERE day <= ${day} AND day > ${day} - 912 AND amount > 0
        AND NOT (coalesce(refund_amount, 0) >= amount AND coalesce(refund_day, day) <= ${day})
      GROUP BY consumer),
    reviewed AS (
      SELECT DISTINCT consumer FROM reviews WHERE rating >= 4 AND day <= ${day} AND day > ${day} - 365),
    joined AS (
      SELECT DISTINCT consumer FROM memberships WHERE day <= ${day} AND (quit_day IS NULL OR quit_day > ${day})),
    signs AS (
      SELECT consumer, paid_first, paid_last, praised,
        CASE WHEN acted OR viewed_first < viewed_last OR followed > coalesce(unfollowed, 0) THEN 2 WHEN seen THEN 1 ELSE 0 END AS level
      FROM touched
      UNION ALL SELECT consumer, paid_first, paid_last, false, 0 FROM ordered
      UNION ALL SELECT consumer, NULL, NULL, true, 0 FROM reviewed
      UNION ALL SELECT consumer, NULL, NULL, false, 2 FROM joined),
    people AS (
      SELECT consumer, max(level) AS level, min(paid_first) AS paid_first, max(paid_last) AS paid_last,
        bool_or(praised) AS praised
      FROM signs GROUP BY consumer),
    staged AS (
      SELECT CASE
          WHEN paid_first < paid_last OR (praised AND paid_first IS NOT NULL) THEN 4
          WHEN paid_last IS NOT NULL THEN 3
          ELSE level END AS level
      FROM people)
    SELECT ['A', 'I', 'P', 'L'][level] AS stage, count(*)::INTEGER AS consumers
    FROM staged WHERE level > 0 GROUP BY level ORDER BY level`;
}
