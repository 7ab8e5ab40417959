import { lastConsumer } from '../identity/people.ts';
import { MOST_NAMED, numbersNamed, type Some, some } from '../lifecycle/some.ts';
import { type Fragment, sql, whole } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Touched consumers beyond this share of all, and too many to be named: looking at everybody is quicker. */
const MOST_TOUCHED = 0.1;

/** Consumers of whom anything that a rule looks at has changed after a commit, 0 for everybody, one row each: `consumer`. */
export function touchedSince(commit: number): Fragment {
  return sql`SELECT consumer FROM (SELECT consumer FROM ${whole('touched')} WHERE commit > ${commit}
    UNION DISTINCT SELECT consumer FROM ${whole('touched_profiles')} WHERE commit > ${commit})`;
}

/** Who has to be looked at again after a commit; undefined where that is everybody. */
export async function fewTouched(warehouse: Warehouse, commit: number): Promise<Some | undefined> {
  const since = touchedSince(commit);
  const [row] = await warehouse.rows<{ everybody: number; count: number; numbers: number[] }>(
    sql`SELECT countIf(consumer = 0) AS everybody, count() AS count, ${numbersNamed} AS numbers FROM (${since})`,
  );
  if (!row || row.everybody > 0) return undefined;
  if (row.count > MOST_NAMED && row.count > MOST_TOUCHED * (await lastConsumer(warehouse))) return undefined;
  return some(since, row);
}
