import { keepChanged, touchedSince } from '../../audiences/kept.ts';
import type { Members } from '../../audiences/members.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import type { KeptDay } from './days.ts';

/** Touched consumers beyond this share of all: finding everybody anew is quicker. */
const MOST_TOUCHED = 0.1;

/**
 * Keeps members again under a new number by looking only at consumers of whom something has changed since, and gives how
 * many they are; undefined where everybody must be looked at.
 */
export async function keepAgain(
  { warehouse }: Context,
  run: number,
  { run: before, commit }: KeptDay,
  ask: (only: Fragment) => Promise<Members>,
): Promise<number | undefined> {
  const touched = touchedSince(commit);
  const [row] = await warehouse.rows<{ everybody: number; touched: number; all: number }>(
    sql`SELECT countIf(consumer = 0) AS everybody, count() AS touched, (SELECT max(consumer) FROM people) AS all FROM (${touched})`,
  );
  if (!row || row.everybody > 0 || row.touched > MOST_TOUCHED * row.all) return undefined;
  const { consumers } = await ask(sql`consumer IN (${touched})`);
  return keepChanged(warehouse, run, { run: before, touched, members: consumers });
}
