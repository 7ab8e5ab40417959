import { people } from '../identity/people.ts';
import type { Some } from '../lifecycle/some.ts';
import { BLOCK, membersKept } from '../model/membersKept.ts';
import { deleteRows } from '../warehouse/deleting.ts';
import { type Fragment, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Members } from './members.ts';

export { bitmapsKept, membersKept } from '../model/membersKept.ts';

/** Keeps members under the number of a run. */
export async function keepMembers(warehouse: Warehouse, run: number, members: Members): Promise<number> {
  const { consumers, parts = [consumers] } = members;
  const tables = members.bitmaps ? [members.bitmaps] : parts.map((part) => bitmapsOf(part, warehouse));
  for (const rows of tables)
    await warehouse.run(sql`INSERT INTO audience_bitmaps (run, block, consumer, members)
      SELECT toUInt32(${run}), block, consumer, members FROM ${rows} WHERE bitmapCardinality(members) > 0`);
  return countKept(warehouse, run);
}

/** Consumers as bitmaps, each of one block and one shard, as a table. */
function bitmapsOf(consumers: Fragment, { holders }: Warehouse): Fragment {
  return sql`(SELECT intDiv(who, ${BLOCK}) AS block, any(who) AS consumer, groupBitmapState(who) AS members
    FROM (SELECT toUInt32(consumer) AS who FROM (${consumers})) GROUP BY block, intHash64(who) % ${holders.length})`;
}

/** What a refresh of kept members stands on: whose facts have changed since, and who of those is a member now. */
export interface Changed {
  readonly run: number;
  readonly touched: Some;
  readonly members: Fragment;
}

/** Keeps the members of a run again with some consumers looked at anew. */
export async function keepChanged(warehouse: Warehouse, run: number, changed: Changed): Promise<number> {
  const before = sql`SELECT 1 AS was, block, consumer, members FROM audience_bitmaps WHERE run = ${changed.run}`;
  const found = sql`SELECT 0 AS was, block, consumer, members FROM ${bitmapsOf(changed.members, warehouse)}`;
  const stayed = sql`bitmapAndnot(groupBitmapOrStateIf(members, was = 1), ${changed.touched.bitmap})`;
  await warehouse.run(sql`INSERT INTO audience_bitmaps (run, block, consumer, members)
    SELECT toUInt32(${run}), block, one, now FROM (
      SELECT block, any(consumer) AS one, bitmapOr(${stayed}, groupBitmapOrStateIf(members, was = 0)) AS now
      FROM (${before} UNION ALL ${found}) GROUP BY block, intHash64(consumer) % ${warehouse.holders.length})
    WHERE bitmapCardinality(now) > 0`);
  return countKept(warehouse, run);
}

async function countKept(warehouse: Warehouse, run: number): Promise<number> {
  const [row] = await warehouse.rows<{ count: number }>(
    sql`SELECT sum(bitmapCardinality(members)) AS count FROM audience_bitmaps WHERE run = ${run}`,
  );
  return row?.count ?? 0;
}

/** Forgets the members of runs. */
export async function forgetRuns(warehouse: Warehouse, runs: readonly number[]): Promise<void> {
  if (runs.length === 0) return;
  await deleteRows(warehouse, 'audience_bitmaps', sql`run IN ${[...runs]}`);
}

/** Forgets the members of runs before a number that nothing names any more. */
export async function forgetUnnamed(
  warehouse: Warehouse,
  { before, named }: { readonly before: number; readonly named: readonly number[] },
): Promise<void> {
  await deleteRows(warehouse, 'audience_bitmaps', sql`run < ${before} AND run NOT IN ${[0, ...named]}`);
}

/**
 * Fixes the members of a run for good, by a card of each: whoever a card belongs to later is the member, so that people
 * who turn out to be one, or two, stay in.
 */
export async function fixMembers(warehouse: Warehouse, audience: number, run: number): Promise<void> {
  await forgetFixed(warehouse, audience);
  await warehouse.run(sql`INSERT INTO audience_cards (audience, who)
    SELECT toUInt32(${audience}), min(who) FROM ${people} WHERE consumer IN (${membersKept(run)}) GROUP BY consumer`);
}

/** The consumers that the fixed members of an audience are now. */
export function fixedMembers(audience: number): Fragment {
  return sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0
    AND who IN (SELECT who FROM audience_cards WHERE audience = ${audience})`;
}

export async function forgetFixed(warehouse: Warehouse, audience: number): Promise<void> {
  await warehouse.run(sql`DELETE FROM audience_cards WHERE audience = ${audience}`);
}

/** The members' own identifiers, one row each; those that stand for several people are nobody's own. */
export function identifiersOf(members: Fragment): Fragment {
  return sql`SELECT p.consumer AS consumer, i.type AS type, i.value AS value
    FROM (SELECT who, consumer FROM ${people} WHERE consumer IN (${members})) AS p
    INNER JOIN (SELECT ident, type, value FROM identifiers FINAL) AS i ON i.ident = p.who
    ORDER BY consumer, type, value`;
}
