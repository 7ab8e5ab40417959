import { addDays } from '../../src/base/day.ts';
import { levelsOf, operableOf } from './stages.ts';

/** A question of the shelf in DuckDB's SQL, about the month that ends on a day, and the columns both sides must agree in. */
export interface Asked {
  readonly sql: (on: string) => string;
  readonly columns: readonly string[];
  /** Columns that the product gives in major units, and DuckDB in minor ones. */
  readonly money?: readonly string[];
}

const begin = (on: string): string => addDays(on, -29);

const codes = `['A', 'I', 'P', 'L']`;

const aiplStock = (on: string): string => `
  SELECT ${codes}[level] AS stage, count(*)::INTEGER AS consumers FROM ${levelsOf(on)} GROUP BY level`;

const aiplFlow = (on: string): string => `
  SELECT coalesce(${codes}[was.level], 'none') AS from_stage, coalesce(${codes}[now.level], 'none') AS to_stage,
    count(*)::INTEGER AS consumers
  FROM ${levelsOf(begin(on))} AS was FULL JOIN ${levelsOf(on)} AS now USING (consumer) GROUP BY ALL`;

const fast = (on: string): string => {
  const active = `behavior IN ('cart', 'favorite', 'benefit_claim', 'coupon_claim')`;
  const recent = `day > DATE '${on}' - 30 AND day <= DATE '${on}'`;
  return `
    WITH moves AS (
      SELECT count(*)::INTEGER AS staged, (count(*) FILTER (now.level > was.level))::INTEGER AS risen
      FROM ${levelsOf(begin(on))} AS was LEFT JOIN ${levelsOf(on)} AS now USING (consumer)),
    members AS (SELECT DISTINCT consumer FROM memberships
      WHERE day <= DATE '${on}' AND (quit_day IS NULL OR quit_day > DATE '${on}')),
    lively AS (
      SELECT consumer FROM events WHERE ${active} AND ${recent}
      UNION ALL SELECT consumer FROM paid WHERE ${recent} AND until > DATE '${on}'),
    counts AS (
      SELECT (SELECT count(DISTINCT consumer) FROM ${operableOf(begin(on), on)})::INTEGER AS operable, staged, risen,
        (SELECT count(*) FROM members)::INTEGER AS joined,
        (SELECT count(*) FROM members WHERE consumer IN (SELECT consumer FROM lively))::INTEGER AS active FROM moves)
    SELECT 'F' AS metric, operable AS numerator, NULL AS denominator FROM counts
    UNION ALL SELECT 'A', risen, staged FROM counts
    UNION ALL SELECT 'S', joined, NULL FROM counts
    UNION ALL SELECT 'T', active, joined FROM counts`;
};

/** Integers are compared with the means, as in the product. A consumer's days are put together before its sums. */
const rfm = (on: string): string => `
  WITH buyers AS MATERIALIZED (
    SELECT consumer, DATE '${on}' - max(day) AS r, count(*) AS f, sum(net) AS m FROM (
      SELECT consumer, day, sum(greatest(0, amount - CASE WHEN refund_day <= DATE '${on}' THEN refund ELSE 0 END)) AS net
      FROM paid WHERE day > DATE '${on}' - 365 AND day <= DATE '${on}' AND until > DATE '${on}' GROUP BY consumer, day)
    GROUP BY consumer),
  means AS (SELECT count(*) AS buyers, sum(r) AS r, sum(f) AS f, sum(m) AS m FROM buyers)
  SELECT concat(if(b.r * buyers <= means.r, 'H', 'L'), if(b.f * buyers >= means.f, 'H', 'L'),
    if(b.m * buyers >= means.m, 'H', 'L')) AS class, count(*)::INTEGER AS consumers, sum(b.m)::BIGINT AS amount
  FROM buyers AS b, means GROUP BY ALL`;

const retention = (on: string): string => `
  WITH lines AS (SELECT consumer, day FROM paid WHERE day <= DATE '${on}' AND until > DATE '${on}'),
  begun AS (SELECT consumer, date_trunc('month', min(day)) AS cohort, list(DISTINCT date_trunc('month', day)) AS months
    FROM lines GROUP BY consumer HAVING min(day) >= DATE '${begin(on)}'),
  sizes AS (SELECT cohort, count(*) AS consumers FROM begun GROUP BY cohort),
  came AS (SELECT cohort, date_diff('month', cohort, month) AS period, count(*) AS retained
    FROM (SELECT cohort, unnest(months) AS month FROM begun) GROUP BY ALL)
  SELECT strftime(cohort, '%Y-%m-%d') AS cohort, period::INTEGER AS period, consumers::INTEGER AS consumers,
    coalesce(retained, 0)::INTEGER AS retained
  FROM (SELECT cohort, consumers, unnest(range(0, date_diff('month', cohort, DATE '${on}') + 1)) AS period FROM sizes)
    LEFT JOIN came USING (cohort, period)`;

const repurchase = (on: string): string => `
  SELECT nth::INTEGER AS nth, count(*)::INTEGER AS consumers,
    (count(*) FILTER (next <= day + 30))::INTEGER AS repurchased
  FROM (SELECT day, row_number() OVER days AS nth, lead(day) OVER days AS next
    FROM (SELECT DISTINCT consumer, day FROM paid WHERE day <= DATE '${on}' AND until > DATE '${on}')
    WINDOW days AS (PARTITION BY consumer ORDER BY day))
  WHERE nth <= 10 AND day + 30 <= DATE '${on}' GROUP BY nth`;

const behaviors = (on: string): string => `
  SELECT strftime(day, '%Y-%m-%d') AS date, behavior, events::INTEGER AS events, consumers::INTEGER AS consumers FROM (
    SELECT day, behavior::VARCHAR AS behavior, count(*) AS events, count(DISTINCT consumer) AS consumers
    FROM events WHERE day BETWEEN DATE '${begin(on)}' AND DATE '${on}' AND behavior <> 'pay' GROUP BY day, behavior
    UNION ALL SELECT day, 'pay', count(*), count(DISTINCT consumer)
    FROM paid WHERE day BETWEEN DATE '${begin(on)}' AND DATE '${on}' AND until > DATE '${on}' GROUP BY day)`;

/** Every question of the shelf that DuckDB is asked too, as its best SQL known to us. */
export const duckDbQuestions: Readonly<Record<string, Asked>> = {
  'aipl-stock': { sql: aiplStock, columns: ['stage', 'consumers'] },
  'aipl-flow': { sql: aiplFlow, columns: ['from_stage', 'to_stage', 'consumers'] },
  fast: { sql: fast, columns: ['metric', 'numerator', 'denominator'] },
  rfm: { sql: rfm, columns: ['class', 'consumers', 'amount'], money: ['amount'] },
  retention: { sql: retention, columns: ['cohort', 'period', 'consumers', 'retained'] },
  repurchase: { sql: repurchase, columns: ['nth', 'consumers', 'repurchased'] },
  behaviors: { sql: behaviors, columns: ['date', 'behavior', 'events', 'consumers'] },
};

/** What one consumer's page tells of its touches, orders, reviews and memberships, and its profile. */
export const consumerOf = (consumer: number, on: string): string => `
  SELECT * FROM (
    SELECT moment, 'events' AS entity, behavior::VARCHAR AS what, concat_ws(' ', platform, item_id) AS detail
    FROM events WHERE consumer = ${consumer} AND day <= DATE '${on}'
    UNION ALL SELECT moment, 'orders', status, concat_ws(' ', order_id, item_id, amount, refund_amount)
    FROM order_lines WHERE consumer = ${consumer}
    UNION ALL SELECT epoch_ms(day), 'reviews', concat('review ', rating), '' FROM reviews WHERE consumer = ${consumer}
    UNION ALL SELECT epoch_ms(day), 'members', 'join', '' FROM memberships WHERE consumer = ${consumer}
    UNION ALL SELECT epoch_ms(quit_day), 'members', 'quit', '' FROM memberships WHERE consumer = ${consumer} AND quit_day IS NOT NULL)
  ORDER BY moment DESC LIMIT 500`;

/** Rows in an order of their own, wide integers as numbers and money in minor units, so that two engines' compare. */
export function comparable(
  rows: readonly Readonly<Record<string, unknown>>[],
  { columns, money = [] }: Omit<Asked, 'sql'>,
  units: 'major' | 'minor',
): string[] {
  const cell = (column: string, value: unknown) => {
    if (!money.includes(column)) return value ?? null;
    return Math.round(Number(value) * (units === 'major' ? 100 : 1));
  };
  return rows.map((row) => JSON.stringify(columns.map((column) => cell(column, row[column])))).sort();
}
