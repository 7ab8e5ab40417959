import { NEVER } from '../model/paid.ts';
import { type Fragment, join, sql } from '../warehouse/sql.ts';
import { type Counter, type Counters, plain, type Times, wordsOf } from './counters.ts';

/** A point is its day, the sum it belongs to, the counter's place in it, and whether it ends a day's counting. */
const PLACE = 64;
/** A mark is a day and the level from that day on. */
const LEVELS = 8;

/**
 * From one row a consumer of what is counted: one row a run of days in one stage. Every day that counts adds 1 to its
 * counters from its day on, and takes it back where its window or it itself ends; sorted by day and summed, the counters
 * give the stage of every day at once. Note: a layer of subqueries for each step, for an alias used in its own SELECT
 * would be opened there, again and again.
 */
export function runsOf(source: Fragment, { counters, level }: Counters): Fragment {
  const base = 2 * PLACE * wordsOf(counters);
  const points = counters.flatMap((counter) =>
    counter.times.flatMap((times) => pointsOf(times, codeOf(counter), base)),
  );
  const words = Array.from({ length: wordsOf(counters) }, (_, word) => word);
  // the last point of a day tells how the day ends
  const next = sql`arrayPopFront(arrayPushBack(points, toUInt32(0)))`;
  const isLast = sql`intDiv(x, ${plain(base)}) != intDiv(n, ${plain(base)})`;
  const ends = sql`arrayFilter((x, n) -> ${isLast}, points, ${next})`;
  const sums = words.map(
    (word) =>
      sql`arrayFilter((c, x, n) -> ${isLast}, arrayCumSum(arrayMap(x -> ${weightIn(word, counters, base)}, points)), points, ${next})`,
  );
  const names = join([plain('x'), ...words.map((word) => plain(`c${word}`))], ', ');
  const marks = sql`arrayMap((${names}) -> toUInt32(intDiv(x, ${plain(base)}) * ${plain(LEVELS)} + ${level}), ${join([ends, ...sums], ', ')})`;
  const levelIn = (mark: string) => plain(`${mark} % ${LEVELS}`);
  const dayIn = (mark: string) => plain(`toUInt16(intDiv(${mark}, ${LEVELS}))`);
  return sql`(SELECT consumer, ${dayIn('turn')} AS start, ${dayIn('next')} AS finish, toUInt8(${levelIn('turn')}) AS level
    FROM (SELECT consumer, arrayFilter((m, p) -> ${levelIn('m')} != ${levelIn('p')}, marks, arrayPopBack(arrayPushFront(marks, toUInt32(0)))) AS turns
      FROM (SELECT consumer, ${marks} AS marks
        FROM (SELECT consumer, arraySort(arrayConcat(${join(points, ', ')})) AS points FROM ${source})))
    ARRAY JOIN turns AS turn, arrayPopFront(arrayPushBack(turns, toUInt32(${plain(NEVER * LEVELS)}))) AS next
    WHERE ${levelIn('turn')} != 0)`;
}

/**
 * From the same rows: the stage as of the end of one day, one row a consumer with one: `consumer`, `level`. The counters
 * of that day are what counts on it, so nothing need be sorted.
 */
export function levelsOf(source: Fragment, { counters, level }: Counters, on: Fragment): Fragment {
  const counted = ({ begun, begins, ended, ends }: Times) =>
    sql`arrayCount((b, e) -> ${begins('b')} <= ${on} AND ${ends('e')} > ${on}, ${begun}, ${ended})`;
  const sums = Array.from({ length: wordsOf(counters) }, (_, word) => {
    const own = counters.filter((each) => each.word === word);
    const terms = own.map(
      ({ times, shift }) => sql`(${join(times.map(counted), ' + ')}) * ${plain(String(2n ** BigInt(shift)))}`,
    );
    return sql`toInt64(${join(terms, ' + ')}) AS ${plain(`c${word}`)}`;
  });
  return sql`(SELECT consumer, toUInt8(${level}) AS level FROM (SELECT consumer, ${join(sums, ', ')} FROM ${source})
    WHERE level != 0)`;
}

const codeOf = ({ word, shift }: Counter): number => (word * PLACE + shift) * 2;

/** Note: a day number and a code are one number, for that is what sorts fastest. */
function pointAt(day: Fragment, code: number, base: number): Fragment {
  return sql`toUInt32(${day} * ${plain(base)} + ${plain(code)})`;
}

/** Where days begin to count, and where they end. */
function pointsOf({ begun, begins, ended, ends }: Times, code: number, base: number): Fragment[] {
  return [
    sql`arrayMap(x -> ${pointAt(begins('x'), code, base)}, ${begun})`,
    sql`arrayMap(x -> ${pointAt(ends('x'), code + 1, base)}, ${ended})`,
  ];
}

/** What a point adds to a sum. */
function weightIn(word: number, counters: readonly Counter[], base: number): Fragment {
  const own = counters.filter((each) => each.word === word);
  const codes = own.flatMap((each) => [codeOf(each), codeOf(each) + 1]);
  const weights = own.flatMap(({ shift }) => [2n ** BigInt(shift), -(2n ** BigInt(shift))]);
  return plain(`transform(x % ${base}, [${codes.join(', ')}], [${weights.join(', ')}], toInt64(0))`);
}
