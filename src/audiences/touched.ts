import { as, type Fragment, sql, whole } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Consumers who have to be looked at again. */
export interface Touched {
  /** A test by the column `consumer`. */
  readonly test: Fragment;
  /** All of them as one bitmap: an expression. */
  readonly bitmap: Fragment;
}

/** Some of all consumers, of whom `last` is the greatest number. */
export type TouchedOf = Touched & { readonly last: number };

/** Touched consumers beyond this share of all: looking at everybody is quicker. */
const MOST_TOUCHED = 0.1;

/** Consumers up to which a statement names them: each place that looks them up instead is planned, and read, anew. */
export const MOST_NAMED = 5000;

/** Consumers of whom anything that a rule looks at has changed after a commit, 0 for everybody, one row each: `consumer`. */
export function touchedSince(commit: number): Fragment {
  return sql`SELECT consumer FROM (SELECT consumer FROM ${whole('touched')} WHERE commit > ${commit}
    UNION DISTINCT SELECT consumer FROM ${whole('touched_profiles')} WHERE commit > ${commit})`;
}

/** Who has to be looked at again after a commit; undefined where that is everybody. */
export async function fewTouched(warehouse: Warehouse, commit: number): Promise<TouchedOf | undefined> {
  const since = touchedSince(commit);
  const [row] = await warehouse.rows<{ everybody: number; touched: number; some: number[]; last: number }>(
    sql`SELECT countIf(consumer = 0) AS everybody, count() AS touched,
      arraySlice(groupArray(consumer), 1, ${MOST_NAMED}) AS some, (SELECT max(consumer) FROM people) AS last FROM (${since})`,
  );
  if (!row || row.everybody > 0 || row.touched > MOST_TOUCHED * row.last) return undefined;
  return { ...(row.touched > MOST_NAMED ? lookedUp(since) : named(row.some)), last: row.last };
}

/** Consumers as a question finds them. */
function lookedUp(consumers: Fragment): Touched {
  const bitmap = sql`(SELECT groupBitmapState(toUInt32(consumer)) FROM (${consumers}))`;
  return { test: sql`consumer IN (${consumers})`, bitmap };
}

/** Consumers by their numbers. */
export function named(numbers: readonly number[]): Touched {
  const list = as(numbers, 'Array(UInt32)');
  return { test: sql`consumer IN ${list}`, bitmap: sql`bitmapBuild(${list})` };
}
