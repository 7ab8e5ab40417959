import { as, type Fragment, sql, whole } from '../warehouse/sql.ts';

/**
 * Consumers of the push of that name who had come in by the end of a day, one row each: `consumer`, `side` (1 is sent, 0 is
 * kept as control), `day`, on which they came in, and `holdout`, the share of controls meant, per ten thousand. A consumer
 * is whom its card belongs to now; one that turned out to stand on both sides is left out.
 */
export function pushedConsumers(push: string, on: string): Fragment {
  const members = sql`SELECT who, side, day, holdout FROM ${whole('push_members')}
    WHERE name = ${push} AND day <= ${as(on, 'Date')}`;
  return sql`(SELECT consumer, min(stood) AS side, min(came) AS day, any(meant) AS holdout FROM (
      SELECT p.consumer AS consumer, m.side AS stood, m.day AS came, m.holdout AS meant
      FROM (SELECT who, argMax(consumer, version) AS consumer FROM ${whole('people')}
        WHERE who IN (SELECT who FROM (${members})) GROUP BY who) AS p
      INNER JOIN (${members}) AS m ON m.who = p.who WHERE p.consumer != 0)
    GROUP BY consumer HAVING min(stood) = max(stood))`;
}
