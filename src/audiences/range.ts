import { z } from 'zod';
import type { Text } from '../base/text.ts';
import { type Fragment, join, sql } from '../warehouse/sql.ts';
import type { Flag } from './rule.ts';

/** Bounds of a number, both included. */
export const range = z
  .strictObject({ min: z.number().optional(), max: z.number().optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    message: 'give `min`, `max` or both | 须给出 min、max 或两者',
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    message: '`min` is greater than `max`: swap them | min 大于 max，请对调',
  });
export type Range = z.infer<typeof range>;

/** A number within a range. */
export function within(number: Fragment, { min, max }: Range): Fragment {
  const tests = [
    ...(min === undefined ? [] : [sql`${number} >= ${min}`]),
    ...(max === undefined ? [] : [sql`${number} <= ${max}`]),
  ];
  return sql`(${join(tests, ' AND ')})`;
}

/** Whether a measured number is within a range; a consumer without a row measures 0. */
export function measured(number: Fragment, bounds: Range): Flag {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds;
  return { test: within(number, bounds), empty: min <= 0 && 0 <= max };
}

/** Bounds of an amount in major units, as bounds in minor units. */
export function minor({ min, max }: Range): Range {
  const cents = (amount: number) => Number((amount * 100).toFixed(6));
  return { ...(min === undefined ? {} : { min: cents(min) }), ...(max === undefined ? {} : { max: cents(max) }) };
}

/** All of these flags at once. */
export function every(flags: readonly Flag[]): Flag {
  if (flags.length === 0) return { test: sql`1`, empty: true };
  const tests = flags.map(({ test }) => sql`(${test})`);
  return { test: join(tests, ' AND '), empty: flags.every(({ empty }) => empty) };
}

/** `at least 2`, `at most 5`, `2 to 5`, `exactly 2`. */
export function rangeText({ min, max }: Range): Text {
  if (min === max) return { zh: `恰好 ${min}`, en: `exactly ${min}` };
  if (max === undefined) return { zh: `至少 ${min}`, en: `at least ${min}` };
  if (min === undefined) return { zh: `至多 ${max}`, en: `at most ${max}` };
  return { zh: `${min} 到 ${max}`, en: `${min} to ${max}` };
}
