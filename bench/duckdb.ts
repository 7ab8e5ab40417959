import { active, passive } from '../src/model/behaviors.ts';

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/**
 * AIPL of a day by the contract's §4 in DuckDB's SQL, over the bench's tables. Every sign of a stage is a scan of its own
 * that few rows pass, and a consumer's stage is the highest of its signs: measured, one pass over the events that gives
 * all signs at once takes three times as long.
 */
export function aiplOf(on: string): string {
  const within = (days: number) => `day <= DATE '${on}' AND day > DATE '${on}' - ${days}`;
  const views = `FILTER (behavior IN ('item_view', 'shop_visit'))`;
  return `
    WITH paid AS (
      SELECT consumer, day FROM events WHERE behavior = 'pay' AND ${within(912)}
      UNION ALL SELECT consumer, day FROM order_lines WHERE ${within(912)} AND amount > 0
        AND NOT (coalesce(refund_amount, 0) >= amount AND coalesce(refund_day, day) <= DATE '${on}')),
    buyers AS (
      SELECT consumer, max(day) AS last, min(day) FILTER (${within(365)}) AS first FROM paid GROUP BY consumer),
    praised AS (
      SELECT consumer FROM reviews WHERE rating >= 4 AND ${within(365)}
      UNION ALL SELECT consumer FROM events WHERE behavior = 'review' AND value >= 4 AND ${within(365)}),
    touched AS (
      SELECT consumer,
        CASE WHEN bool_or(behavior IN (${list(active)})) OR min(day) ${views} < max(day) ${views} THEN 2 ELSE 1 END AS level
      FROM events WHERE ${within(15)} AND behavior IN (${list([...active, ...passive])}) GROUP BY consumer),
    fans AS (
      SELECT consumer FROM events
      WHERE behavior IN ('follow', 'favorite_shop', 'unfollow') AND day <= DATE '${on}' GROUP BY consumer
      HAVING max(moment) FILTER (behavior <> 'unfollow') > coalesce(max(moment) FILTER (behavior = 'unfollow'), 0)),
    levels AS (
      SELECT consumer, CASE WHEN first < last THEN 4
        WHEN first IS NOT NULL AND consumer IN (SELECT consumer FROM praised) THEN 4 ELSE 3 END AS level FROM buyers
      UNION ALL SELECT consumer, level FROM touched
      UNION ALL SELECT consumer, 2 FROM fans
      UNION ALL SELECT consumer, 2 FROM memberships
        WHERE day <= DATE '${on}' AND (quit_day IS NULL OR quit_day > DATE '${on}')),
    highest AS (SELECT consumer, max(level) AS level FROM levels GROUP BY consumer)
    SELECT ['A', 'I', 'P', 'L'][level] AS stage, count(*)::INTEGER AS consumers
    FROM highest GROUP BY level ORDER BY level`;
}
