import { type Fragment, sql, whole } from '../warehouse/sql.ts';

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
