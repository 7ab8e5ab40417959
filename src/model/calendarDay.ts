import { z } from 'zod';

/** Days the warehouse can tell apart: a Date counts days from 1970 in 16 bits. */
const FIRST_DAY = '1970-01-02';
const LAST_DAY = '2148-12-31';

/** A calendar day `YYYY-MM-DD` in the workspace's business zone. */
export const calendarDay = () =>
  z.iso.date().refine((on) => FIRST_DAY <= on && on <= LAST_DAY, {
    message: `give a day from ${FIRST_DAY} to ${LAST_DAY} | 日期须在 ${FIRST_DAY} 与 ${LAST_DAY} 之间`,
  });
