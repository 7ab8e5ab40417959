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
  readonly seconds: number;
  readonly baseline: string;
  readonly baseline_seconds: number | null;
  readonly ratio: number | null;
  readonly peak_mb: number | null;
  /** What a reader must know to take the figures for what they are. */
  readonly note: string;
}

/** Runs sides for a work. */
export interface Bench {
  readonly plan: Plan;
  measure(side: string): Promise<Measured>;
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
    note,
  };
}

const rounded = (value: number): number => Number(value.toFixed(value < 1 ? 4 : 2));

/** Both sides must have answered the same, or the figures mean nothing. */
export function mustAgree(work: string, product: unknown, baseline: unknown): void {
  const [left, right] = [JSON.stringify(product), JSON.stringify(baseline)];
  if (left !== right) throw new Error(`${work}: the answers differ. The product: ${left}; the baseline: ${right}.`);
}
