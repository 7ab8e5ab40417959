import { type Fragment, sql } from '../warehouse/sql.ts';

/** Cards, or identifiers, that one statement groups: of more it would have to write to disk, at twice the time. */
const AT_ONCE = 2_500_000;
/** Each part reads the numbers of all rows. */
const MOST_PARTS = 4;

/** Does a work over at most so many numbers of a column part by part: `which` tests the column. */
export async function inParts(
  count: number,
  column: Fragment,
  work: (which: Fragment) => Promise<void>,
): Promise<void> {
  const parts = Math.min(MOST_PARTS, Math.ceil(count / AT_ONCE));
  if (parts <= 1) return work(sql`1`);
  for (let part = 0; part < parts; part += 1) await work(sql`${column} % ${parts} = ${part}`);
}
