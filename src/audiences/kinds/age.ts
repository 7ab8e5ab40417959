import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import { measured, type Range, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';

/** Year of birth by the last profile row that has one; 0 is unknown. */
const born = sql`argMaxIf(ifNull(birth_year, 0), (file, line), ifNull(birth_year, 0) > 0)`;

/** `25-34`, `25 to 34`, `65+` and `65岁以上`: the lower bound, and the upper one where there is one. */
const band = '^([0-9]{1,3}) *岁? *(?:(?:-|~|–|—|至|到|to) *([0-9]{1,3})|[+]|及?以上|and over|or more)';

/** Whether an age band lies within the bounds as a whole, by the last profile row with one; null where none is known. */
function banded({ min, max }: Range): Fragment {
  const parts = sql`extractGroups(argMaxIf(toString(age_band), (file, line), age_band != ''), ${band})`;
  const bounds = [
    sql`length(${parts}) > 0`,
    ...(min === undefined ? [] : [sql`toFloat64OrNull(${parts}[1]) >= ${min}`]),
    ...(max === undefined ? [] : [sql`toFloat64OrNull(${parts}[2]) <= ${max}`]),
  ];
  return sql`(${join(bounds, ' AND ')})`;
}

/** An age within a range, by the year of the day asked, else by the age band; nobody without a year of birth or an age band qualifies. */
export const age = defineKind<Range>({
  name: 'age',
  schema: range,
  example: '{"age": {"min": 25, "max": 34}}',
  flag: (bounds, { plan }) => {
    const years = within(sql`(toYear(${plan.on}) - ${born})`, bounds);
    const held = sql`toUInt8(ifNull(if(${born} > 0, ${years}, ${banded(bounds)}), 0))`;
    return measured(plan.measure('profiles', held, sql`1`), { min: 1 });
  },
  sentence: (bounds) => {
    const { zh, en } = rangeText(bounds);
    return { zh: `年龄${zh} 岁`, en: `aged ${en}` };
  },
});
