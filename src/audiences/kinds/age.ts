import { spaced } from '../../base/spaced.ts';
import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import type { Asking } from '../asking.ts';
import { type Range, range, rangeText } from '../range.ts';
import { defineKind } from '../rule.ts';

/** Year of birth by the last profile row that has one; 0 is unknown. */
const born = sql`argMaxIf(ifNull(birth_year, 0), (file, line), ifNull(birth_year, 0) > 0)`;

/** `25-34`, `25 to 34`, `65+` and `65岁以上`: the lower bound, and the upper one where there is one. */
const band = '^([0-9]{1,3}) *岁? *(?:(?:-|~|–|—|至|到|to) *([0-9]{1,3})|[+]|及?以上|and over|or more)';

/** Upper bound of a band that has none. */
const OLDEST = 1_000;

/** The least and the greatest age that a consumer may have, each one more than it is; 0 is unknown. */
function bounds({ plan }: Asking): { low: Fragment; high: Fragment } {
  const parts = sql`extractGroups(argMaxIf(toString(age_band), (file, line), age_band != ''), ${band})`;
  const measure = (banded: Fragment) =>
    plan.measure(
      'profiles',
      sql`toFloat64(ifNull(if(${born} > 0, toFloat64(toYear(${plan.on}) - ${born}), ${banded}) + 1, 0))`,
      sql`1`,
    );
  return {
    low: measure(sql`toFloat64OrNull(${parts}[1])`),
    high: measure(sql`ifNull(toFloat64OrNull(${parts}[2]), toFloat64(${OLDEST}))`),
  };
}

/** An age within a range, by the year of the day asked, else by the age band; nobody without a year of birth or an age band qualifies. */
export const age = defineKind<Range>({
  name: 'age',
  schema: range,
  example: '{"age": {"min": 25, "max": 34}}',
  flag: ({ min, max }, asking) => {
    const { low, high } = bounds(asking);
    const tests = [
      sql`${low} > 0`,
      ...(min === undefined ? [] : [sql`${low} - 1 >= ${min}`]),
      ...(max === undefined ? [] : [sql`${high} - 1 <= ${max}`]),
    ];
    return { test: sql`(${join(tests, ' AND ')})`, empty: false };
  },
  sentence: (given) => {
    const { zh, en } = rangeText(given);
    return { zh: spaced`年龄${zh}岁`, en: `aged ${en}` };
  },
});
