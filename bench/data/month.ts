import type { Analysis } from '../../src/analyses/analysis.ts';
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
