import { join, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Change } from './resolve.ts';
import { singleTypes } from './types.ts';

/**
 * Finds, among the seeds, identifiers that stood beside more distinct people than one can be: a family phone, a shop's
 * own number. `people` is how many values of `type` it was seen with; 0 where it no longer is shared.
 */
export async function findShared(warehouse: Warehouse, { seeds, version, rules }: Change): Promise<void> {
  const most = rules.maxConsumers;
  const busy = sql`SELECT ident FROM links WHERE ident IN (SELECT ident FROM ${seeds}) GROUP BY ident HAVING uniqExact(who) > ${most}`;
  const beside = (type: string) => sql`SELECT l.ident AS ident, ${type} AS type, toUInt32(uniqExact(o.ident)) AS people
    FROM (SELECT DISTINCT ident, who FROM links WHERE ident IN (${busy})) AS l
    INNER JOIN (SELECT DISTINCT ident, who FROM links WHERE ident IN (SELECT ident FROM identifiers WHERE type = ${type})
      AND who IN (SELECT who FROM links WHERE ident IN (${busy}))) AS o ON o.who = l.who
    WHERE o.ident != l.ident GROUP BY l.ident HAVING uniqExact(o.ident) > ${most}`;
  const known = sql`(SELECT ident FROM shared FINAL WHERE people > 0)`;
  for (const type of singleTypes(rules))
    await warehouse.run(sql`INSERT INTO shared (ident, type, people, version)
      SELECT ident, type, people, toUInt64(${version}) FROM (${beside(type)}) WHERE ident NOT IN ${known}`);
  const still = join(
    [sql`SELECT toUInt64(0) AS ident`, ...singleTypes(rules).map((type) => sql`SELECT ident FROM (${beside(type)})`)],
    ' UNION ALL ',
  );
  await warehouse.run(sql`INSERT INTO shared (ident, type, people, version)
    SELECT ident, type, 0, toUInt64(${version}) FROM shared FINAL WHERE people > 0 AND version < ${version}
      AND ident IN (SELECT ident FROM ${seeds}) AND ident NOT IN (${still})`);
}
