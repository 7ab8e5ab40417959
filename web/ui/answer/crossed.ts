import type { Row } from '../../data/answers.ts';

/** Values of a column in the order they come. */
export function distinct(rows: readonly Row[], column: string): unknown[] {
  return [...new Set(rows.map((row) => row[column]))];
}

/** Rows laid out by name and series; `at` finds the row of one of each, by their places. */
export interface Crossed {
  readonly names: readonly unknown[];
  readonly series: readonly unknown[];
  at(series: number, name: number): Row | undefined;
}

/** Lays rows out for a chart: names along the axis, a series for each value of `by`, or one where there is none. */
export function crossed(rows: readonly Row[], x: string, y: string, by: string | undefined): Crossed {
  const names = distinct(rows, x);
  const series = by === undefined ? [y] : distinct(rows, by);
  const places = new Map(rows.map((row) => [keyOf(by === undefined ? y : row[by], row[x]), row]));
  return { names, series, at: (one, other) => places.get(keyOf(series[one], names[other])) };
}

function keyOf(series: unknown, name: unknown): string {
  return JSON.stringify([series, name]);
}
