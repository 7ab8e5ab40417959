import { type Fragment, sql } from '../warehouse/sql.ts';

/** Cards that one statement takes: to group more it would have to write to disk, at twice the time. */
const CARDS_AT_ONCE = 2_500_000;
/** Each part reads the numbers of all rows. */
const MOST_PARTS = 4;

/** Does a work over so many cards, or fewer, part by part: `which` tests the column `who`. */
export async function inParts(cards: number, work: (which: Fragment) => Promise<void>): Promise<void> {
  const parts = Math.min(MOST_PARTS, Math.ceil(cards / CARDS_AT_ONCE));
  if (parts <= 1) return work(sql`1`);
  for (let part = 0; part < parts; part += 1) await work(sql`who % ${parts} = ${part}`);
}
