import { z } from 'zod';
import { type Lens, spansWithin } from '../../lifecycle/kept.ts';
import { memberships } from '../../model/members.ts';
import { NEVER, paidLines } from '../../model/paid.ts';
import { behaviorsOf } from '../../model/rules/ruleSet.ts';
import { eventsInScope } from '../../model/scope.ts';
import { as, type Fragment, join, perConsumer, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';
import { fast } from './fast.ts';
import { type Period, periodEnding, units, wholePeriods } from './periods.ts';

/** More points than this are no picture; the memory of the answer grows with them. */
const MOST = 400;

const params = z.object({
  ...rangeParams,
  unit: z.enum(units).default('week').describe('length of a period, weeks from Monday | 周期单位，周从周一起'),
  ...scopeParams,
});

/** FAST of every whole day, week or month of a range; the same definitions as `fast` of that period. */
export const fastTrend = defineAnalysis({
  id: 'fast-trend',
  doc: new URL('./fast-trend.md', import.meta.url),
  title: { zh: 'FAST 趋势', en: 'FAST trend' },
  question: {
    zh: '一段时间里，每个完整的日、周或月的 F、A、S、T 各是多少？',
    en: 'What were F, A, S and T of each whole day, week or month of a range?',
  },
  origin: 'published',
  params: params
    .refine(...rangeInOrder)
    .refine((asked) => wholePeriods(asked.unit, asked).length > 0, {
      path: ['unit'],
      message:
        'no whole unit lies in the range: widen it or take a smaller unit | 区间内没有完整的周期，请加长区间或换更小的单位',
    })
    .refine((asked) => wholePeriods(asked.unit, asked).length <= MOST, {
      path: ['unit'],
      message: `more than ${MOST} periods: shorten the range or take a larger unit | 超过 ${MOST} 个周期，请缩短区间或换更大的单位`,
    }),
  row: z.object({ date: z.iso.date(), ...fast.row.shape }),
  columns: { date: { zh: '周期末日', en: 'Last day of the period' }, ...fast.columns },
  query: (asked, lens) => {
    const periods = wholePeriods(asked.unit, asked);
    // Note: the sums of nobody are empty, not zeros.
    const counts = join(
      [sql`operable`, sql`staged`, sql`risen`, sql`members`, sql`active`].map(
        (each) => sql`arrayResize(${each}, ${periods.length})`,
      ),
      ', ',
    );
    return sql`
      SELECT toDate(p.1) AS date, m.1 AS metric, m.2 AS value, m.3 AS numerator, m.4 AS denominator
      -- one row in all: six counts a period, each an array in the order of the periods
      FROM (SELECT arrayZip(${lastDays(periods)}, ${counts}) AS zipped
        FROM ${moved(periods, lens)} AS moves CROSS JOIN ${lively(periods, lens)} AS joined)
      ARRAY JOIN zipped AS p
      ARRAY JOIN [
        ('F', toNullable(toFloat64(p.2)), p.2, NULL),
        ('A', p.4 / nullIf(p.3, 0), p.4, p.3),
        ('S', toFloat64(p.5), p.5, NULL),
        ('T', p.6 / nullIf(p.5, 0), p.6, p.5)] AS m`;
  },
  people: ({ date, ...row }, asked, lens) => {
    const { unit: _, ...rest } = asked;
    return fast.people(row, { ...rest, ...periodEnding(asked.unit, date) }, lens);
  },
  chart: { kind: 'line', x: 'date', y: 'value', series: 'metric' },
  ...(fast.units ? { units: fast.units } : {}),
  ...(fast.words ? { words: { metric: fast.words.metric ?? {} } } : {}),
});

const firstDays = (periods: readonly Period[]) =>
  sql`${as(
    periods.map(({ from }) => from),
    'Array(Date)',
  )}`;
const lastDays = (periods: readonly Period[]) =>
  sql`${as(
    periods.map(({ to }) => to),
    'Array(Date)',
  )}`;

/** Of each period: consumers with a stage on a day of it, with one as of its first day, and with a higher one as of its last. */
function moved(periods: readonly Period[], lens: Lens): Fragment {
  const [from, to] = [periods[0]?.from ?? '', periods.at(-1)?.to ?? ''];
  const first = sql`arrayMap(d -> toUInt16(d), ${firstDays(periods)})`;
  const last = sql`arrayMap(d -> toUInt16(d), ${lastDays(periods)})`;
  const level = (on: Fragment) => sql`arraySum(s -> (s.1 <= ${on} AND s.2 > ${on}) * s.3 * s.4, spans)`;
  return sql`(SELECT sumForEach(arrayMap(x -> toUInt64(x.1), each)) AS operable, sumForEach(arrayMap(x -> toUInt64(x.2 > 0), each)) AS staged,
      sumForEach(arrayMap(x -> toUInt64(x.2 > 0 AND x.3 > x.2), each)) AS risen
    FROM ${perConsumer(sql`SELECT arrayMap((f, t) -> (arraySum(s -> (s.1 <= t AND s.2 > f) * s.4, spans) > 0, ${level(sql`f`)}, ${level(sql`t`)}), ${first}, ${last}) AS each
      FROM (SELECT consumer, groupArray((start, finish, toInt16(level), sign)) AS spans FROM ${spansWithin(lens, from, to)} GROUP BY consumer)`)})`;
}

/** Of each period: members as of its last day, and those of them who acted or paid in the rules' window that ends with it. */
function lively(periods: readonly Period[], { rules, scope }: Lens): Fragment {
  const { did, days } = rules.active_member;
  const [first, last] = [sql`${as(periods[0]?.to ?? '', 'Date')}`, sql`${as(periods.at(-1)?.to ?? '', 'Date')}`];
  const recent = sql`day > ${first} - ${days} AND day <= ${last}`;
  const own = sql`consumer IN (SELECT consumer FROM ${memberships(scope)})`;
  return sql`(SELECT sumForEach(arrayMap(x -> toUInt64(x.1), each)) AS members, sumForEach(arrayMap(x -> toUInt64(x.1 AND x.2), each)) AS active
    FROM ${perConsumer(sql`SELECT arrayMap(t -> (
        arrayExists(s -> s.1 <= t AND s.2 > t, joined),
        arrayExists(s -> s.1 <= t AND s.1 + ${days} > t AND s.2 > t, acted)), arrayMap(d -> toUInt16(d), ${lastDays(periods)})) AS each
      FROM (SELECT consumer, groupUniqArrayIf((toUInt16(day), until), kind = 1) AS joined, groupUniqArrayIf((toUInt16(day), until), kind = 2) AS acted
        FROM (SELECT consumer, 1 AS kind, day, until FROM ${memberships(scope)}
          UNION ALL SELECT consumer, 2 AS kind, day, toUInt16(${NEVER}) AS until FROM ${eventsInScope(scope)}
            WHERE behavior IN ${behaviorsOf(rules, did)} AND ${recent} AND ${own}
          UNION ALL SELECT consumer, 2 AS kind, day, until FROM ${paidLines(scope, own)} WHERE ${recent})
        GROUP BY consumer)`)})`;
}
