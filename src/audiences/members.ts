import { type Fragment, sql } from '../warehouse/sql.ts';

/** The members of an audience, ready to be asked for. */
export interface Members {
  /** A question: `consumer`, one row each. */
  readonly consumers: Fragment;
  /** The same as a table of bitmaps (`block`, `consumer`, one of them, `members`), where that is what they are made of. */
  readonly bitmaps?: Fragment;
  /** The same in parts that have nobody in common, where all at once would take much memory. */
  readonly parts?: readonly Fragment[];
}

/** How many they are, `consumers`, by questions whose answers add up. */
export function counting({ consumers, bitmaps, parts = [consumers] }: Members): Fragment[] {
  if (bitmaps) return [sql`SELECT sum(bitmapCardinality(members)) AS consumers FROM ${bitmaps}`];
  return parts.map((part) => sql`SELECT count() AS consumers FROM (${part})`);
}
