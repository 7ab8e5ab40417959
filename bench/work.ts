/** How much a run measures, and the folder all its files live in. */
export interface Plan {
  readonly events: number;
  readonly folder: string;
}

/** What a side did: the seconds of the work alone, without opening stores and preparing. */
export interface Done {
  readonly seconds: number;
  readonly consumers?: number;
  /** What it answered, where two sides must agree. */
  readonly answer?: unknown;
  /** Bytes of the home that it last closed, MB. */
  readonly diskMb?: number;
}

/** One thing measured, run in a process of its own. */
export type Side = (plan: Plan) => Promise<Done>;

export interface Measured extends Done {
  /** Peak resident memory of the side's processes, MB; absent off Linux. */
  readonly peakMb: number | null;
}

/** A line of the bench, contract §6: `ratio` is seconds ÷ baseline_seconds of the same run. */
export interface Row {
  readonly work: string;
  readonly events: number;
  readonly consumers: number | null;
  /** Absent where the work failed; the note says why. */
  readonly seconds: number | null;
  readonly baseline: string;
  readonly baseline_seconds: number | null;
  readonly ratio: number | null;
  readonly peak_mb: number | null;
  /** The home's folder after the work: facts, registry, logs. */
  readonly disk_mb: number | null;
  /** What a reader must know to take the figures for what they are. */
  readonly note: string;
}

/** Runs sides for a work. */
export interface Bench {
  readonly plan: Plan;
  measure(side: string): Promise<Measured>;
  /** Whether a row of a work is wanted: all are, unless the command names some (`--only questions/fast`). */
  wants(work: string, row: string): boolean;
  /** Runs a side that makes what several works read, the first time it is asked for. */
  once(side: string): Promise<void>;
}

/** One line of the bench, or several that one preparation serves. */
export interface Work {
  readonly name: string;
  /** Every side by its name, `work/side`. */
  readonly sides: Readonly<Record<string, Side>>;
  run(bench: Bench): Promise<Row[]>;
}

/** The line of a work whose product side and baseline have been measured. */
export function rowOf(
  work: string,
  { events }: Plan,
  product: Measured,
  baseline: { readonly name: string; readonly seconds: number } | undefined,
  note: string,
): Row {
  return {
    work,
    events,
    consumers: product.consumers ?? null,
    seconds: rounded(product.seconds),
    baseline: baseline?.name ?? '',
    baseline_seconds: baseline ? rounded(baseline.seconds) : null,
    ratio: baseline ? rounded(product.seconds / baseline.seconds) : null,
    peak_mb: product.peakMb,
    disk_mb: product.diskMb ?? null,
    note,
  };
}

/** A line, or where its work fails one that says why: the others of a long run are worth keeping. The bench then exits 1. */
export async function lineOr(work: string, { events }: Plan, line: () => Promise<Row>): Promise<Row> {
  try {
    return await line();
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    process.stderr.write(`bench: ${work} failed: ${why}\n`);
    process.exitCode = 1;
    const none = { consumers: null, seconds: null, baseline: '', baseline_seconds: null, ratio: null };
    return { work, events, ...none, peak_mb: null, disk_mb: null, note: `failed: ${why}` };
  }
}

const rounded = (value: number): number => Number(value.toFixed(value < 1 ? 4 : 2));

/** Both sides must have answered the same, or the figures mean nothing. */
export function mustAgree(work: string, product: unknown, baseline: unknown): void {
  const [left, right] = [JSON.stringify(product), JSON.stringify(baseline)];
  if (left !== right) throw new Error(`${work}: the answers differ. The product: ${left}; the baseline: ${right}.`);
}
