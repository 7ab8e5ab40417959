import type { Run } from './runs.ts';

/** What a question is thought to cost before it is asked. */
export interface Cost {
  /** Rows it is thought to read, and the bytes that they take on disk with all their columns. */
  readonly rows: number;
  readonly bytes: number;
  /** Bytes of memory it is given at first. */
  readonly memory: number;
  readonly seconds: { readonly from: number; readonly to: number };
  /** Seconds of these for what the question stands on and is not kept yet; the next question goes without them. */
  readonly first: number;
  /** By the latest `runs` of the analysis, or by the rows and how quickly others were read; `kept`: it is answered already. */
  readonly origin: 'runs' | 'rows' | 'kept';
  readonly runs: number;
  /** Whether it is likely to take longer than a reader waits. */
  readonly heavy: boolean;
}

/** What a question would read, in a warehouse whose tables have `size` rows in all. */
export interface Reading {
  readonly rows: number;
  readonly bytes: number;
  readonly size: number;
}

/** Seconds beyond which a question is told to be heavy before it is asked. */
export const HEAVY_SECONDS = 10;
/** Rows a second before anything is known of the machine. */
export const USUAL_SPEED = 10_000_000;
/** A guess by rows is right within this factor, one by a single run within the next. */
const BY_ROWS = 3;
const BY_ONE_RUN = 1.5;
/** Memory for each row in all tables, and what a run took is multiplied by, for the next one. */
const BYTES_A_ROW = 16;
const SPARE = 1.25;
/** Runs over fewer rows than this tell nothing of how quickly rows are read. */
const TELLING_ROWS = 1_000_000;

/** Bytes of memory a question is given at first, from `least` to `most`. */
export function memoryOf(size: number, runs: readonly Run[], { least, most }: Bounds): number {
  const taken = runs.map((run) => run.memory * growth(size, run.size) * SPARE);
  const wanted = runs.length > 0 ? Math.max(...taken) : size * BYTES_A_ROW;
  return Math.round(Math.min(most, Math.max(least, wanted)));
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The same, told with its time. */
export function costOf(reading: Reading, runs: readonly Run[], speed: number, memory: number): Cost {
  const known = runs.map((run) => secondsBy(run, reading, speed));
  const likely = known.length > 0 ? middle(known) : reading.rows / speed;
  const factor = known.length > 1 ? 1 : known.length === 1 ? BY_ONE_RUN : BY_ROWS;
  const [from, to] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [likely, likely];
  return {
    rows: reading.rows,
    bytes: reading.bytes,
    memory,
    seconds: { from: tenth(from / factor), to: tenth(to * factor) },
    first: 0,
    origin: known.length > 0 ? 'runs' : 'rows',
    runs: known.length,
    heavy: likely >= HEAVY_SECONDS,
  };
}

/** What a question costs where something has to be found before it. */
export function after(first: number, cost: Cost): Cost {
  const { from, to } = cost.seconds;
  return {
    ...cost,
    seconds: { from: tenth(from + first), to: tenth(to + first) },
    first: tenth(first),
    heavy: cost.heavy || first >= HEAVY_SECONDS,
  };
}

/**
 * Seconds of a question by one run of it. A run over many rows grows with them; one over few tells what the question takes
 * by itself, such as its planning, and the rows that have come since are read beside it.
 */
function secondsBy(run: Run, reading: Reading, speed: number): number {
  const [now, then] = run.rows > 0 && reading.rows > 0 ? [reading.rows, run.rows] : [reading.size, run.size];
  if (then < TELLING_ROWS) return run.seconds + Math.max(0, now - then) / speed;
  return run.seconds * growth(now, then);
}

/** Rows a second, by what all runs have shown. */
export function speedOf(runs: readonly Run[]): number {
  const speeds = runs
    .filter(({ rows, seconds }) => rows >= TELLING_ROWS && seconds > 0)
    .map((run) => run.rows / run.seconds);
  return speeds.length > 0 ? middle(speeds) : USUAL_SPEED;
}

/** How many times larger the tables are than they were. */
function growth(now: number, then: number): number {
  return then > 0 ? now / then : 1;
}

function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const tenth = (seconds: number): number => Math.round(seconds * 10) / 10;
