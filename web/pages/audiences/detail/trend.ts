import type { TgiCell } from './tgi.ts';

/** One value of a tag as of one day. */
export interface TrendCell extends Omit<TgiCell, 'q'> {
  readonly on: string;
}

/** What a line tells of its value. */
export type TrendMeasure = 'share' | 'tgi';

/** A value with what it was on each of the days; a day that does not tell it is a gap. */
export interface TrendLine {
  readonly value: string;
  readonly values: readonly (number | null)[];
}

/** Value of the row that tells how many have any value. */
const COVERAGE = '*';

/** Days of a trend, in order. */
export function daysOf(cells: readonly TrendCell[]): string[] {
  return [...new Set(cells.map(({ on }) => on))].toSorted();
}

/** A line a value, those of the most consumers over all days first. */
export function linesOf(cells: readonly TrendCell[], measure: TrendMeasure, most: number): TrendLine[] {
  const days = daysOf(cells);
  const sums = new Map<string, number>();
  for (const { value, consumers } of cells) if (value !== COVERAGE) sums.set(value, (sums.get(value) ?? 0) + consumers);
  const values = [...sums].toSorted((a, b) => b[1] - a[1]).slice(0, most);
  return values.map(([value]) => ({
    value,
    values: days.map((on) => cells.find((each) => each.on === on && each.value === value)?.[measure] ?? null),
  }));
}

/** The value whose share is the farthest on the last day from what it was on the first; undefined where none is told on both. */
export function mostMoved(
  cells: readonly TrendCell[],
): { readonly value: string; readonly from: number; readonly to: number } | undefined {
  const moves = linesOf(cells, 'share', Number.POSITIVE_INFINITY).flatMap(({ value, values }) => {
    const [from, to] = [values[0], values.at(-1)];
    return values.length < 2 || typeof from !== 'number' || typeof to !== 'number' ? [] : [{ value, from, to }];
  });
  return moves.toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))[0];
}
