import type { RetentionRow } from '../../data/rows.ts';
import { bestOf, hasFew } from './enough.ts';

/** How the period after the beginning went, over all cohorts that have gone through it. */
export interface NextPeriod {
  readonly consumers: number;
  readonly retained: number;
  /** The cohort of which the largest share came back, among those large enough to tell. */
  readonly best: RetentionRow | undefined;
  readonly few: boolean;
}

export function nextPeriod(rows: readonly RetentionRow[]): NextPeriod | undefined {
  const next = rows.filter(({ period }) => period === 1);
  if (next.length === 0) return undefined;
  const sum = (of: 'consumers' | 'retained') => next.reduce((all, row) => all + row[of], 0);
  return { consumers: sum('consumers'), retained: sum('retained'), best: bestOf(next), few: hasFew(next) };
}
