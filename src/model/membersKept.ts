import { type Fragment, own, sql } from '../warehouse/sql.ts';

/** Consumers of a block, the unit in which members of an audience are kept: a million numbers. */
export const BLOCK = 1_048_576;

/** The kept members of an audience, one row each: `consumer`. */
export function membersKept(run: number): Fragment {
  return sql`SELECT arrayJoin(bitmapToArray(members)) AS consumer FROM ${own('audience_bitmaps')} WHERE run = ${run}`;
}

/** The kept members of an audience as bitmaps, a row or several a block: `block`, `consumer`, one of them, and `members`. */
export function bitmapsKept(run: number): Fragment {
  return sql`SELECT block, consumer, members FROM ${own('audience_bitmaps')} WHERE run = ${run}`;
}
