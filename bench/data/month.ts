import type { Analysis } from '../../src/analyses/analysis.ts';
import { analyses } from '../../src/analyses/index.ts';
import { addDays } from '../../src/base/day.ts';

/** The parameters of an analysis that asks for the month that ends on a day, against the month before. */
export function monthOf({ params }: Pick<Analysis, 'params'>, on: string): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = {
    on,
    from: addDays(on, -29),
    to: on,
    base_from: addDays(on, -59),
    base_to: addDays(on, -30),
    within_days: 30,
  };
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in params.shape));
}

/** The same of an analysis by its id. */
export function month(id: string, on: string): Record<string, unknown> {
  const analysis = analyses.find((each) => each.id === id);
  return analysis ? monthOf(analysis, on) : {};
}

/** Analyses that a month, or a day, is all one must give to ask them. */
export const ofMonth: readonly Analysis[] = analyses.filter(
  (analysis) => analysis.params.safeParse(monthOf(analysis, '2025-06-30')).success,
);
