import { type Fragment, id, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Change } from './scope.ts';
import { singleTypes } from './types.ts';

const busyTable = 'identity_busy';
const besideTable = 'identity_beside';

/**
 * Finds, among the seeds, identifiers that stood beside more distinct people than one can be: a family phone, a shop's
 * own number. `people` is how many values of `type` it was seen with; 0 where it no longer is shared.
 */
export async function findShared(warehouse: Warehouse, change: Change): Promise<void> {
  const { seeds, version } = change;
  const busy = await findBusy(warehouse, change);
  await make(warehouse, besideTable, sql`(ident UInt64, type String, people UInt32)`);
  if (busy > 0) await findBeside(warehouse, change);
  const known = sql`SELECT ident FROM shared FINAL WHERE people > 0`;
  await warehouse.run(sql`INSERT INTO shared (ident, type, people, version)
    SELECT ident, type, people, toUInt64(${version}) FROM ${id(besideTable)} WHERE ident NOT IN (${known})`);
  await warehouse.run(sql`INSERT INTO shared (ident, type, people, version)
    SELECT ident, type, 0, toUInt64(${version}) FROM shared FINAL WHERE people > 0 AND version < ${version}
      AND ident IN (SELECT ident FROM ${seeds}) AND ident NOT IN (SELECT ident FROM ${id(besideTable)})`);
  for (const table of [busyTable, besideTable]) await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
}

/** Seeds on more cards than a person may be beside: the only ones that can be shared, and few. */
async function findBusy(warehouse: Warehouse, { seeds, rules }: Change): Promise<number> {
  await make(warehouse, busyTable, sql`(ident UInt64)`);
  const often = sql`SELECT ident FROM links WHERE ident IN (SELECT ident FROM ${seeds})
    GROUP BY ident HAVING count() > ${rules.maxConsumers}`;
  await warehouse.run(sql`INSERT INTO ${id(busyTable)} SELECT ident FROM links
    WHERE ident IN (${often}) GROUP BY ident HAVING uniqExact(who) > ${rules.maxConsumers}`);
  const [row] = await warehouse.rows<{ busy: number }>(sql`SELECT count() AS busy FROM ${id(busyTable)}`);
  return row?.busy ?? 0;
}

/** One row a busy identifier and type of which it was seen beside too many. */
async function findBeside(warehouse: Warehouse, { rules }: Change): Promise<void> {
  const busy = sql`SELECT ident FROM ${id(busyTable)}`;
  const cards = sql`SELECT who FROM links WHERE ident IN (${busy})`;
  const others = sql`SELECT DISTINCT ident, who FROM links WHERE who IN (${cards})`;
  for (const type of singleTypes(rules)) {
    const named = sql`SELECT ident FROM identifiers WHERE type = ${type} AND ident IN (SELECT ident FROM (${others}))`;
    await warehouse.run(sql`INSERT INTO ${id(besideTable)} SELECT l.ident, ${type}, toUInt32(uniqExact(o.ident))
      FROM (SELECT DISTINCT ident, who FROM links WHERE ident IN (${busy})) AS l
      INNER JOIN (SELECT ident, who FROM (${others}) WHERE ident IN (${named})) AS o ON o.who = l.who
      WHERE o.ident != l.ident GROUP BY l.ident HAVING uniqExact(o.ident) > ${rules.maxConsumers}`);
  }
}

async function make(warehouse: Warehouse, table: string, columns: Fragment): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${id(table)} ${columns} ENGINE = MergeTree ORDER BY ident`);
}
