import { type Fragment, sql } from '../warehouse/sql.ts';

/** The members of an audience, ready to be asked for. */
export interface Members {
  /** A question: `consumer`, one row each. */
  readonly consumers: Fragment;
  /** The same as a table of bitmaps (`block`, `consumer`, one of them, `members`), where that is what they are made of. */
  readonly bitmaps?: Fragment;
}

/** How many they are: `consumers`. */
export function counting({ consumers, bitmaps }: Members): Fragment {
  return bitmaps
    ? sql`SELECT sum(bitmapCardinality(members)) AS consumers FROM ${bitmaps}`
    : sql`SELECT count() AS consumers FROM (${consumers})`;
}
