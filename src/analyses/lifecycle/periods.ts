import { addDays, type Day } from '../../base/day.ts';

export const units = ['day', 'week', 'month'] as const;
export type Unit = (typeof units)[number];

/** A stretch of business days, both ends included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The whole days, weeks (from Monday) or months that lie in a range, in order. A unit cut by the range is left out. */
export function wholePeriods(unit: Unit, { from, to }: Period): Period[] {
  const found: Period[] = [];
  let start = startOf(unit, from);
  if (start < from) start = addDays(lastOf(unit, start), 1);
  for (let last = lastOf(unit, start); last <= to; last = lastOf(unit, start)) {
    found.push({ from: start, to: last });
    start = addDays(last, 1);
  }
  return found;
}

/** The period of a unit that ends on a day. */
export function periodEnding(unit: Unit, to: Day): Period {
  return { from: startOf(unit, to), to };
}

function startOf(unit: Unit, day: Day): Day {
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  return unit === 'week' ? addDays(day, -weekday(day)) : day;
}

function lastOf(unit: Unit, first: Day): Day {
  if (unit === 'day') return first;
  if (unit === 'week') return addDays(first, 6);
  return addDays(startOf('month', addDays(first, 31)), -1);
}

/** Days since Monday. */
const weekday = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
