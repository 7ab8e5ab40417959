import { z } from 'zod';
import { addDays } from '../base/day.ts';
import type { Text } from '../base/text.ts';
import { calendarDay } from '../model/calendarDay.ts';
import { as, type Fragment, sql } from '../warehouse/sql.ts';

/** The first day of the warehouse's calendar. */
const BEGINNING = '1970-01-01';
const MOST_DAYS = 36_500;

const form = '`{"days": n}` or `{"from": DATE, "to": DATE}`';

/** Business days that a condition looks at: the last `days` that end with the day asked, or fixed ones. */
export const window = z
  .strictObject({
    days: z.int().min(1).max(MOST_DAYS).optional(),
    from: calendarDay().optional(),
    to: calendarDay().optional(),
  })
  .refine(({ days, from, to }) => (days === undefined ? from !== undefined && to !== undefined : !(from ?? to)), {
    message: `a window is ${form} | 窗口须写作 ${form}`,
  })
  .refine(({ from = '', to = from }) => from <= to, {
    message: '`to` lies before `from`: swap them | 截止日早于起始日，请对调',
  });
export type Window = z.infer<typeof window>;

/** Rows of the days of a window, by the column `day`; later days than the one asked are taken out by the plan. */
export function inWindow(given: Window | undefined, on: string): Fragment {
  if (!given) return sql`1`;
  const first = given.days === undefined ? (given.from ?? BEGINNING) : addDays(on, 1 - given.days);
  const from = sql`day >= ${as(first < BEGINNING ? BEGINNING : first, 'Date')}`;
  return given.to === undefined ? from : sql`${from} AND day <= ${as(given.to, 'Date')}`;
}

export function windowText(given: Window | undefined): Text {
  if (!given) return { zh: '迄今', en: 'ever' };
  if (given.days !== undefined)
    return { zh: `最近 ${given.days} 天`, en: `in the last ${given.days} ${given.days === 1 ? 'day' : 'days'}` };
  return { zh: `${given.from} 至 ${given.to}`, en: `from ${given.from} to ${given.to}` };
}
