import { categories, saved } from '../data/audiences.ts';
import { tags } from '../data/profiles.ts';
import type { Run } from './database.ts';
import { levelsOf } from './stages.ts';

const list = (values: readonly (string | number)[]): string => values.map((value) => `'${value}'`).join(', ');
const within = (on: string, days: number): string => `day > DATE '${on}' - ${days} AND day <= DATE '${on}'`;

/** The five conditions, the rarest first: only its consumers are looked at further. */
export const fiveOf = (on: string): string => `
  WITH carted AS MATERIALIZED (
    SELECT consumer FROM (
      SELECT consumer FROM events WHERE behavior = 'cart' AND ${within(on, 90)} GROUP BY consumer HAVING count(*) >= 2)
    WHERE consumer IN (SELECT consumer FROM profiles WHERE city_tier IN (1, 2))
      AND consumer IN (SELECT consumer FROM events WHERE behavior = 'item_view' AND ${within(on, 30)}
        AND category_id IN (${list(categories)}))
      AND consumer NOT IN (SELECT consumer FROM paid WHERE ${within(on, 30)} AND until > DATE '${on}'))
  SELECT count(*)::INTEGER AS consumers FROM ${levelsOf(on, 'consumer IN (SELECT consumer FROM carted)')}
  WHERE level IN (2, 3)`;

const tableOf = (name: string): string => name.replace('-', '_');

/** Keeps the members of the saved audiences, a table each. */
export async function keepMembers(run: Run, on: string): Promise<void> {
  for (const { name, behavior, days } of saved)
    await run(`CREATE OR REPLACE TABLE ${tableOf(name)} AS
      SELECT DISTINCT consumer FROM events WHERE behavior = '${behavior}' AND ${within(on, days)} ORDER BY consumer`);
}

const united = (from: number, to: number, word: 'UNION' | 'INTERSECT'): string =>
  saved
    .slice(from, to)
    .map(({ name }) => `SELECT consumer FROM ${tableOf(name)}`)
    .join(` ${word} `);

/** The same algebra of the twenty. */
export const algebraOf = `
  SELECT count(*)::INTEGER AS consumers FROM (${united(0, 10, 'UNION')})
  WHERE consumer IN (${united(10, 15, 'UNION')}) AND consumer NOT IN (${united(15, 17, 'INTERSECT')})
    AND consumer NOT IN (${united(17, 20, 'UNION')})`;

const columns = [...Object.keys(tags), 'gender', 'birth_year', 'province', 'city_tier', 'spend_level'];

/** Of every value of every tag the consumers of a saved audience, and all; a tag is a pass over its own column. */
export const portraitOf = (audience: string): string => `
  WITH flagged AS MATERIALIZED (
    SELECT ${columns.map((tag) => `p.${tag}`).join(', ')}, a.consumer IS NOT NULL AS member
    FROM profiles AS p LEFT JOIN ${tableOf(audience)} AS a USING (consumer))
  ${columns
    .map(
      (
        tag,
      ) => `SELECT '${tag}' AS tag, ${tag}::VARCHAR AS value, count(*) FILTER (member) AS consumers, count(*) AS base
        FROM flagged GROUP BY ${tag}`,
    )
    .join(' UNION ALL ')}`;
