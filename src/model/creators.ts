import { as, type Fragment, perConsumer, sql, whole } from '../warehouse/sql.ts';
import { eventsInScope, type Scope } from './scope.ts';

/** Prefix of a creator's audience shares: `share_<tag>_<value>`. */
const SHARE = 'share_';

/** The audience shares of a creator as they were last told, one row a share: `name` without the prefix, `share` 0..1 or in percent. */
export function creatorShares(creator: string): Fragment {
  return sql`(SELECT substring(key, ${SHARE.length + 1}) AS name, argMax(number, (file, line)) AS share FROM (
      SELECT key, toFloat64OrNull(replaceOne(value, '%', '')) AS number, file, line FROM ${whole('creators')}
      ARRAY JOIN mapKeys(props) AS key, mapValues(props) AS value
      WHERE creator_id = ${creator} AND startsWith(key, ${SHARE}))
    WHERE isNotNull(number) AND number >= 0 GROUP BY key)`;
}

/**
 * The audience shares of every creator, or of one, as they were last told: `creator`, `name` without the prefix, `share`
 * 0..1. Shares with `%`, and all of a creator who tells any above 1, are percent; what is then above 1 is left out.
 */
export function sharesTold(creator?: string): Fragment {
  const which = creator === undefined ? sql`creator_id != ''` : sql`creator_id = ${creator}`;
  return sql`(SELECT creator, name, if(percent OR most > 1, number / 100, number) AS share FROM (
      SELECT creator, name, number, percent, max(if(percent, 0, number)) OVER (PARTITION BY creator) AS most FROM (
        SELECT creator, name, (argMax((told, sign), (file, line)) AS last).1 AS number, last.2 AS percent FROM (
          SELECT creator_id AS creator, substring(key, ${SHARE.length + 1}) AS name, endsWith(value, '%') AS sign,
            ifNull(toFloat64OrNull(replaceOne(value, '%', '')), -1) AS told, file, line FROM ${whole('creators')}
          ARRAY JOIN mapKeys(props) AS key, mapValues(props) AS value WHERE ${which} AND startsWith(key, ${SHARE}))
        WHERE told >= 0 GROUP BY creator, name))
    WHERE share <= 1)`;
}

/**
 * Who touched what a creator made, one row a consumer and creator: `consumer`, `creator`; by events on the days
 * `from`..`to` that name the creator, or a content that was last told to be the creator's.
 */
export function touchedCreators(
  scope: Scope,
  { from, to, creator }: { readonly from: string; readonly to: string; readonly creator?: string | undefined },
): Fragment {
  const which = creator === undefined ? sql`creator != ''` : sql`creator = ${creator}`;
  const made = sql`(SELECT content_id, argMax(creator_id, (file, line)) AS maker FROM ${whole('contents')}
    WHERE content_id != '' GROUP BY content_id)`;
  return perConsumer(sql`SELECT DISTINCT consumer, arrayJoin([named, maker]) AS creator FROM (
      SELECT DISTINCT consumer, toString(creator_id) AS named, toString(content_id) AS content_id FROM ${eventsInScope(scope)}
      WHERE day BETWEEN ${as(from, 'Date')} AND ${as(to, 'Date')}) AS e
    LEFT JOIN ${made} AS m ON m.content_id = e.content_id WHERE ${which}`);
}
