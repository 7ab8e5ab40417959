import { people } from '../../identity/people.ts';
import { type Fragment, own, sql } from '../../warehouse/sql.ts';

/** What a profile's tag `consent` says where consent was withdrawn, in lower case. */
const WITHDRAWN = ['0', 'false', 'no', 'n', 'off', 'withdrawn', '否'];

/** Consumers with an identifier whose rows are refused: `consumer`. */
export const suppressedConsumers: Fragment = sql`SELECT consumer FROM ${people}
  WHERE consumer != 0 AND who IN (SELECT ident FROM suppressed)`;

/** Consumers of whom any profile, of whichever source, says that consent was withdrawn: `consumer`. */
export const withdrawnConsumers: Fragment = sql`SELECT DISTINCT consumer FROM ${own('profiles')}
  WHERE consumer != 0 AND lowerUTF8(trimBoth(props['consent'])) IN ${WITHDRAWN}`;

/** Cards that nobody has any more, or somebody who may not be sent to. */
export const closedCards: Fragment = sql`SELECT who FROM ${people}
  WHERE consumer = 0 OR consumer IN (${suppressedConsumers}) OR consumer IN (${withdrawnConsumers})`;

/** Consumers who were added by so many pushes, over all destinations, since a moment (ISO): `consumer`. */
export function cappedConsumers(pushes: number, since: string): Fragment {
  return sql`SELECT consumer FROM (SELECT who, consumer FROM ${people} WHERE consumer != 0) AS p
    INNER JOIN (SELECT DISTINCT who, push, run FROM push_log FINAL
      WHERE operation = 'add' AND state = 'delivered' AND at >= parseDateTime64BestEffort(${since}, 3, 'UTC')) AS l
    ON l.who = p.who GROUP BY consumer HAVING uniqExact(push, run) >= ${pushes}`;
}
