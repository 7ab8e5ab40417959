import type { GrowRow } from '../../data/rows.ts';

/** One category with what each source did to it; `sum` is all sources together. */
export interface CategoryChange {
  readonly category: string;
  readonly sum: number;
  /** The row of a source, absent where it changed nothing. */
  readonly sources: ReadonlyMap<string, GrowRow>;
}

export function total(rows: readonly GrowRow[]): number {
  return rows.reduce((sum, row) => sum + row.value, 0);
}

/** Rows gathered by category, the largest change first. */
export function byCategory(rows: readonly GrowRow[]): CategoryChange[] {
  const categories = [...new Set(rows.map((row) => row.category_id))];
  return categories
    .map((category) => {
      const own = rows.filter((row) => row.category_id === category);
      return { category, sum: total(own), sources: new Map(own.map((row) => [row.metric, row])) };
    })
    .toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
}

/** One source of growth over the categories in sight. */
export interface SourceChange {
  readonly metric: string;
  readonly value: number;
}

/** What each source did over the rows given, in the order of `metrics`; a source without rows counts 0. */
export function bySource(rows: readonly GrowRow[], metrics: readonly string[]): SourceChange[] {
  return metrics.map((metric) => ({ metric, value: total(rows.filter((row) => row.metric === metric)) }));
}

/** The source with the largest effect either way. */
export function strongest(sources: readonly SourceChange[]): SourceChange | undefined {
  return sources.filter(({ value }) => value !== 0).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
}
