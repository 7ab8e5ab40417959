import { suppressedConsumers, withdrawnAltogether } from '../../audiences/withheld.ts';
import { people } from '../../identity/people.ts';
import { type Fragment, own, sql } from '../../warehouse/sql.ts';

const GRANTED = ['granted', 'true', 'yes', 'y', '1', '同意', '是'];
const DENIED = ['denied', 'false', 'no', 'n', '0', '拒绝', '否'];

/** Consumers whose last word on a purpose is a refusal: of the events that tell of it, and where none does, of the profile. */
function refusedFor(purpose: string): Fragment {
  const word = sql`lowerUTF8(props[${`consent.${purpose}`}])`;
  const said = sql`multiIf(${word} IN ${GRANTED}, 1, ${word} IN ${DENIED}, 2, 0)`;
  const words = (table: 'events' | 'profiles', place: Fragment, order: Fragment) =>
    sql`SELECT consumer, ${place} AS place, argMaxIf(${said}, ${order}, ${said} != 0) AS word
      FROM ${own(table)} WHERE consumer != 0 AND ${said} != 0 GROUP BY consumer`;
  return sql`SELECT consumer FROM (${words('events', sql`2`, sql`(at, file, line)`)}
    UNION ALL ${words('profiles', sql`1`, sql`(file, line)`)}) GROUP BY consumer HAVING argMax(word, place) = 2`;
}

/** Consumers who may not be sent to for want of consent: altogether, or to the purpose of a push. */
export function withdrawnConsumers(purpose: string | null): Fragment {
  if (purpose === null) return withdrawnAltogether;
  return sql`SELECT consumer FROM (${withdrawnAltogether} UNION DISTINCT ${refusedFor(purpose)})`;
}

/** Cards that nobody has any more, or somebody who may not be sent to. */
export function closedCards(purpose: string | null): Fragment {
  return sql`SELECT who FROM ${people}
    WHERE consumer = 0 OR consumer IN (${suppressedConsumers}) OR consumer IN (${withdrawnConsumers(purpose)})`;
}

/** Consumers who were added by so many pushes, over all destinations, since a moment (ISO): `consumer`. */
export function cappedConsumers(pushes: number, since: string): Fragment {
  return sql`SELECT consumer FROM (SELECT who, consumer FROM ${people} WHERE consumer != 0) AS p
    INNER JOIN (SELECT DISTINCT who, push, run FROM push_log FINAL
      WHERE operation = 'add' AND state = 'delivered' AND at >= parseDateTime64BestEffort(${since}, 3, 'UTC')) AS l
    ON l.who = p.who GROUP BY consumer HAVING uniqExact(push, run) >= ${pushes}`;
}
