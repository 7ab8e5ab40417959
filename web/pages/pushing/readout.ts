/** One metric of a push's read-out: those sent to against those held out; null where a group is too small. */
export interface ReadoutRow {
  readonly metric: string;
  readonly treated: number;
  readonly control: number;
  readonly treated_value: number | null;
  readonly control_value: number | null;
  readonly lift: number | null;
  readonly relative: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
}

/** A lift with its interval, all three known. */
export interface Lifted {
  readonly lift: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer consumers than this in a group have no value, as the analysis defines it. */
export const LEAST = 30;
/** A split less likely than this is not the one that was meant, as the analysis defines it. */
const SPLIT = 0.001;

/** The metric that is money; all others are shares. */
export const MONEY = 'gmv_per_head';

/** Whether the groups are those that were meant: nothing is compared where they are not. */
export function isFair({ p }: ReadoutRow): boolean {
  return p === null || p >= SPLIT;
}

export function liftedOf({ lift, low, high }: ReadoutRow): Lifted | undefined {
  return lift === null || low === null || high === null ? undefined : { lift, low, high };
}

/** What an interval says: on which side of no difference it lies, or that it holds it. */
export function verdictOf({ low, high }: Lifted): 'better' | 'worse' | 'unclear' {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'unclear';
}

/** The end of a scale around no difference that holds all intervals; 1 where there are none. */
export function reachOf(lifts: readonly Lifted[]): number {
  const most = Math.max(0, ...lifts.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return most > 0 ? most * 1.05 : 1;
}

/** A value's place on such a scale, as percent from its beginning. */
export function placeOf(value: number, reach: number): number {
  return 50 + 50 * Math.min(1, Math.max(-1, value / reach));
}

/** One of the four lines of a launch, of those sent to and of those held out; null where it is not known. */
export interface FourLine {
  readonly id: 'category_new' | 'brand_new' | 'strategic' | 'deepening';
  /** The metric whose people stand behind it. */
  readonly metric: string;
  readonly treated: number | null;
  readonly control: number | null;
}

/** New to the category, new to the brand and in a strategic crowd among those who bought, and the relative uplift of deepening. */
export function fourLines(rows: readonly ReadoutRow[]): FourLine[] {
  const of = (metric: string) => rows.find((row) => row.metric === metric);
  const bought = of('purchase');
  const ofBuyers = (id: 'category_new' | 'brand_new'): FourLine => ({
    ...{ id, metric: id },
    treated: shareOf(of(id)?.treated_value, bought?.treated_value),
    control: shareOf(of(id)?.control_value, bought?.control_value),
  });
  const crowd = of('strategic_crowd_share');
  return [
    ofBuyers('category_new'),
    ofBuyers('brand_new'),
    {
      ...{ id: 'strategic', metric: 'strategic_crowd_share' },
      treated: crowd?.treated_value ?? null,
      control: crowd?.control_value ?? null,
    },
    { id: 'deepening', metric: 'deepening', treated: of('deepening')?.relative ?? null, control: null },
  ];
}

function shareOf(part: number | null | undefined, all: number | null | undefined): number | null {
  return typeof part === 'number' && typeof all === 'number' && all > 0 ? part / all : null;
}
