import { as, Fragment, sql } from '../warehouse/sql.ts';

/** Some of all consumers, as statements ask for them. */
export interface Some {
  /** A test by the column `consumer`. */
  readonly test: Fragment;
  /** All of them as one bitmap: an expression. */
  readonly bitmap: Fragment;
  /** Their numbers, where they are few enough to be named. */
  readonly numbers?: readonly number[];
}

/** Some whose numbers are known. */
export type Few = Required<Some>;

/** Consumers up to which a statement names them: each place that looks them up instead is planned, and read, anew. */
export const MOST_NAMED = 5000;

/** The numbers of as many consumers as may be named: an aggregate over the column `consumer`. */
export const numbersNamed = new Fragment([`groupUniqArray(${MOST_NAMED})(consumer)`]);

/** Consumers by their numbers. */
export function named(numbers: readonly number[]): Few {
  const list = as(numbers, 'Array(UInt32)');
  return { test: sql`consumer IN ${list}`, bitmap: sql`bitmapBuild(${list})`, numbers };
}

/** A question for consumers whose numbers are known: `consumer`, one row each. */
export function theseNumbers(numbers: readonly number[]): Fragment {
  return sql`SELECT arrayJoin(${as(numbers, 'Array(UInt32)')}) AS consumer`;
}

/** Consumers as a question (`SELECT consumer`, one row each) finds them. */
function lookedUp(consumers: Fragment): Some {
  const bitmap = sql`(SELECT groupBitmapState(toUInt32(consumer)) FROM (${consumers}))`;
  return { test: sql`consumer IN (${consumers})`, bitmap };
}

/** Consumers of a question, `count` of them, of whom the first are known by their numbers: named where those are all. */
export function some(
  consumers: Fragment,
  { count, numbers }: { readonly count: number; readonly numbers: readonly number[] },
): Some {
  return count > MOST_NAMED ? lookedUp(consumers) : named(numbers);
}
