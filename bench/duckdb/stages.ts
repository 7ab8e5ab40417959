import { active, passive } from '../../src/model/behaviors.ts';

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');
const touching = list([...active, ...passive]);

/**
 * Stages as of a day by the contract's §4 in DuckDB's SQL: `consumer`, `level`. Every sign of a stage is a scan of its own
 * that few rows pass, and a consumer's stage is the highest of its signs: measured, one pass over the events that gives
 * all signs at once takes three times as long. `among` narrows the consumers.
 */
export function levelsOf(on: string, among = 'true'): string {
  const within = (days: number) => `day <= DATE '${on}' AND day > DATE '${on}' - ${days} AND ${among}`;
  const views = `FILTER (behavior IN ('item_view', 'shop_visit'))`;
  return `(
    WITH lines AS (SELECT consumer, day FROM paid WHERE ${within(912)} AND until > DATE '${on}'),
    buyers AS (
      SELECT consumer, max(day) AS last, min(day) FILTER (${within(365)}) AS first FROM lines GROUP BY consumer),
    praised AS (
      SELECT consumer FROM reviews WHERE rating >= 4 AND ${within(365)}
      UNION ALL SELECT consumer FROM events WHERE behavior = 'review' AND value >= 4 AND ${within(365)}),
    touched AS (
      SELECT consumer,
        CASE WHEN bool_or(behavior IN (${list(active)})) OR min(day) ${views} < max(day) ${views} THEN 2 ELSE 1 END AS level
      FROM events WHERE ${within(15)} AND behavior IN (${touching}) GROUP BY consumer),
    fans AS (
      SELECT consumer FROM events
      WHERE behavior IN ('follow', 'favorite_shop', 'unfollow') AND day <= DATE '${on}' AND ${among} GROUP BY consumer
      HAVING max(moment) FILTER (behavior <> 'unfollow') > coalesce(max(moment) FILTER (behavior = 'unfollow'), 0)),
    levels AS (
      SELECT consumer, CASE WHEN first < last THEN 4
        WHEN first IS NOT NULL AND consumer IN (SELECT consumer FROM praised) THEN 4 ELSE 3 END AS level FROM buyers
      UNION ALL SELECT consumer, level FROM touched
      UNION ALL SELECT consumer, 2 FROM fans
      UNION ALL SELECT consumer, 2 FROM memberships
        WHERE day <= DATE '${on}' AND (quit_day IS NULL OR quit_day > DATE '${on}') AND ${among})
    SELECT consumer, max(level) AS level FROM levels GROUP BY consumer)`;
}

/** Consumers with a stage on at least one day of a range: one row a sign, so that a consumer may stand more than once. */
export function operableOf(from: string, to: string): string {
  const meets = (day: string, until: string) =>
    `greatest(${day}, DATE '${from}') <= least(DATE '${to}', ${until} - 1) AND ${until} > ${day}`;
  return `(
    SELECT consumer FROM events WHERE behavior IN (${touching}) AND day > DATE '${from}' - 15 AND day <= DATE '${to}'
    UNION ALL SELECT consumer FROM paid WHERE ${meets('day', 'least(until, day + 912)')}
    UNION ALL SELECT consumer FROM memberships WHERE ${meets('day', `coalesce(quit_day, DATE '9999-12-31')`)}
    UNION ALL SELECT consumer FROM (
      SELECT consumer, day, behavior, lead(day, 1, DATE '9999-12-31') OVER (
        PARTITION BY consumer ORDER BY moment, behavior = 'unfollow') AS until
      FROM events WHERE behavior IN ('follow', 'favorite_shop', 'unfollow'))
    WHERE behavior <> 'unfollow' AND ${meets('day', 'until')})`;
}
