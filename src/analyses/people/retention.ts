import { z } from 'zod';
import type { Lens } from '../../lifecycle/kept.ts';
import { paidLines } from '../../model/paid.ts';
import { eventsInScope, type Scope } from '../../model/scope.ts';
import { as, type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';

const units = ['day', 'week', 'month'] as const;
const cohorts = ['first_pay', 'first_touch'] as const;

const params = z.object({
  ...rangeParams,
  cohort: z
    .enum(cohorts)
    .default('first_pay')
    .describe('what begins a cohort: the first pay day or the first touch | 以首购或首触分群'),
  unit: z.enum(units).default('month').describe('length of a period | 周期单位'),
  ...scopeParams,
});
type Params = z.infer<typeof params>;

/** How many of those who began in a unit came back in each unit after it; our reading. */
export const retention = defineAnalysis({
  id: 'retention',
  doc: new URL('./retention.md', import.meta.url),
  title: { zh: '留存', en: 'Retention' },
  question: {
    zh: '同期首购（或首触）的消费者，此后各周期有多少再来？',
    en: 'Of consumers who began together, how many come back in each period after?',
  },
  origin: 'proposed',
  params: params.refine(...rangeInOrder),
  row: z.object({
    cohort: z.iso.date(),
    period: z.int(),
    consumers: z.int(),
    retained: z.int(),
    rate: z.number(),
  }),
  columns: {
    cohort: { zh: '同期群', en: 'Cohort' },
    period: { zh: '第几周期', en: 'Period' },
    consumers: { zh: '消费者', en: 'Consumers' },
    retained: { zh: '留存消费者', en: 'Retained' },
    rate: { zh: '留存率', en: 'Retention rate' },
  },
  query: (asked, lens) => sql`
    SELECT cohort, arrayJoin(range(${periodOf(asked.unit, sql`${as(asked.to, 'Date')}`)} + 1)) AS period, consumers,
      kept.2[indexOf(kept.1, period)] AS retained, retained / consumers AS rate
    -- one row a cohort: its size, and a count for each period in which somebody came
    FROM (SELECT cohort, count() AS consumers, sumMap(periods, arrayWithConstant(length(periods), toUInt64(1))) AS kept
      FROM ${begun(asked, lens)} GROUP BY cohort)
    ORDER BY cohort, period`,
  people: ({ cohort }, asked, lens) => sql`
    SELECT consumer FROM ${begun(asked, lens)} WHERE cohort = ${as(cohort, 'Date')}`,
  chart: { kind: 'matrix', x: 'period', y: 'cohort', value: 'rate' },
  rates: ['rate'],
});

/** One row a consumer that began in the range: `cohort`, the first day of its first unit, and the `periods` it came in. */
function begun({ from, to, cohort, unit }: Params, { scope }: Lens): Fragment {
  const came = cohort === 'first_pay' ? payDays(scope, to) : touchDays(scope, to);
  return perConsumer(sql`SELECT consumer, ${unitStart(unit, sql`min(day)`)} AS cohort,
      arrayMap(start -> ${periodOf(unit, sql`start`)}, groupUniqArray(${unitStart(unit, sql`day`)})) AS periods
    FROM ${came} GROUP BY consumer HAVING min(day) >= ${as(from, 'Date')}`);
}

/** `consumer`, `day`: days with a line that is paid as of the end of `to`. */
function payDays(scope: Scope, to: string): Fragment {
  const last = sql`${as(to, 'Date')}`;
  return sql`(SELECT consumer, day FROM ${paidLines(scope)} WHERE day <= ${last} AND until > toUInt16(${last}))`;
}

/** `consumer`, `day`: days with any event or paid line. */
function touchDays(scope: Scope, to: string): Fragment {
  return sql`(SELECT consumer, day FROM ${eventsInScope(scope)} WHERE day <= ${as(to, 'Date')}
    UNION ALL SELECT consumer, day FROM ${payDays(scope, to)})`;
}

function unitStart(unit: Params['unit'], day: Fragment): Fragment {
  return { day, week: sql`toMonday(${day})`, month: sql`toStartOfMonth(${day})` }[unit];
}

/** How many units after its `cohort` a day falls. */
function periodOf(unit: Params['unit'], day: Fragment): Fragment {
  const start = unitStart(unit, day);
  return {
    day: sql`toUInt32(${start} - cohort)`,
    week: sql`toUInt32(intDiv(${start} - cohort, 7))`,
    month: sql`toUInt32(dateDiff('month', cohort, ${start}))`,
  }[unit];
}
