import { as, type Fragment, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { numbers } from './sever.ts';

/** The latest consumer of every card and identifier. */
export const people: Fragment = sql`people FINAL`;

/** Those of few consumers that there are, one row each: `which` tests them by the column `consumer`. Note: FINAL takes thrice as long. */
export function thoseThere(which: Fragment): Fragment {
  return sql`SELECT DISTINCT consumer FROM (SELECT argMax(p.consumer, p.version) AS consumer FROM people AS p
      WHERE p.who IN (SELECT who FROM people WHERE ${which}) GROUP BY p.who)
    WHERE consumer != 0 AND ${which}`;
}

/** Cards and identifiers of one consumer. Note: first who ever was this one, by one column, for FINAL reads and sorts what it is asked of. */
export function whosOf(consumer: number): Fragment {
  return sql`(SELECT who FROM ${people} WHERE consumer = ${consumer} AND consumer != 0
    AND who IN (SELECT who FROM people WHERE consumer = ${consumer}))`;
}

/**
 * Gives each card of a file that stands alone, one identifier and unknown so far, the next consumer number; a card of a
 * cut identifier belongs to nobody.
 */
export async function numberNewSingles(
  warehouse: Warehouse,
  { file, version, cut }: { file: number; version: number; cut: readonly string[] },
): Promise<void> {
  const singles = sql`SELECT DISTINCT who FROM cards WHERE file = ${file} AND length(idents) = 1`;
  const unknown = sql`${singles} AND who NOT IN (SELECT who FROM people WHERE who IN (${singles}))`;
  if (cut.length > 0)
    await warehouse.run(sql`INSERT INTO people (who, consumer, version)
      SELECT who, ${as(0, 'UInt32')}, toUInt64(${version}) FROM (${unknown}) WHERE who IN (${numbers(cut)})`);
  const fresh = cut.length === 0 ? unknown : sql`SELECT who FROM (${unknown}) WHERE who NOT IN (${numbers(cut)})`;
  await warehouse.run(sql`INSERT INTO people (who, consumer, version)
    SELECT who, toUInt32(${await lastConsumer(warehouse)} + 1 + rowNumberInAllBlocks()), toUInt64(${version})
    FROM (${fresh} ORDER BY who)`);
}

/** The greatest number of any consumer; 0 where there is none yet. */
export async function lastConsumer(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.rows<{ last: number }>(sql`SELECT max(consumer) AS last FROM people`);
  return row?.last ?? 0;
}

/** Whether no card has been looked at yet: none belongs to a consumer, nor to nobody. */
export async function isUnpeopled(warehouse: Warehouse): Promise<boolean> {
  const [row] = await warehouse.rows<{ known: number }>(sql`SELECT count() AS known FROM people`);
  return row?.known === 0;
}
