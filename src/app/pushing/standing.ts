import { type Fragment, sql } from '../../warehouse/sql.ts';

/**
 * What deliveries of a push have come to, one row an identifier and form: `ident`, `type`, `form`, the card `who` of the
 * last record, its `operation` and `state`. A record is `unsure` where the destination may have it. `which` narrows the
 * identifiers by `ident`.
 */
function lastRecords(push: number, which: Fragment): Fragment {
  return sql`SELECT ident, type, form, last.1 AS operation, last.2 AS state, last.3 AS who
    FROM (SELECT ident, type, form, argMax(tuple(operation, state, who), tuple(run, seq)) AS last
      FROM push_log FINAL WHERE push = ${push} AND operation IN ('add', 'remove') AND state IN ('delivered', 'unsure') AND ${which}
      GROUP BY ident, type, form)`;
}

/** Identifiers that stand at the destination for certain. */
export function surelyStanding(push: number, which: Fragment = sql`1`): Fragment {
  return sql`SELECT * FROM (${lastRecords(push, which)}) WHERE operation = 'add' AND state = 'delivered'`;
}

/** Identifiers that may stand at the destination: all of them are taken back in the end. */
export function maybeStanding(push: number, which: Fragment = sql`1`): Fragment {
  return sql`SELECT * FROM (${lastRecords(push, which)}) WHERE NOT (operation = 'remove' AND state = 'delivered')`;
}
