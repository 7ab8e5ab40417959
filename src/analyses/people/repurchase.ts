import { z } from 'zod';
import { paidLines } from '../../model/paid.ts';
import type { Scope } from '../../model/scope.ts';
import { as, type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';

/** Pay days of a consumer that are shown one by one. */
const MOST = 10;

/** Of those whose nth pay day has been watched in full, the share that paid again in time; our reading. */
export const repurchase = defineAnalysis({
  id: 'repurchase',
  doc: new URL('./repurchase.md', import.meta.url),
  title: { zh: '复购率（按第几次购买）', en: 'Repurchase by the nth purchase' },
  question: {
    zh: '第 n 次购买之后，有多少消费者在限期内再次购买？',
    en: 'After an nth purchase, how many consumers buy again in time?',
  },
  origin: 'proposed',
  params: z.object({
    on: day().describe('day at whose end purchases are looked at | 截至日'),
    within_days: z.int().min(1).max(3650).describe('days in which the next purchase counts | 限期天数'),
    ...scopeParams,
  }),
  row: z.object({ nth: z.int(), consumers: z.int(), repurchased: z.int(), rate: z.number() }),
  columns: {
    nth: { zh: '第几次', en: 'Nth purchase' },
    consumers: { zh: '消费者', en: 'Consumers' },
    repurchased: { zh: '复购消费者', en: 'Repurchased' },
    rate: { zh: '复购率', en: 'Repurchase rate' },
  },
  query: ({ on, within_days }, { scope }) => sql`
    SELECT nth, count() AS consumers, countIf(next > 0 AND next <= paid + ${within_days}) AS repurchased,
      repurchased / consumers AS rate
    FROM ${watched({ on, within_days }, scope)} GROUP BY nth ORDER BY nth`,
  people: ({ nth }, params, { scope }) => sql`SELECT consumer FROM ${watched(params, scope)} WHERE nth = ${nth}`,
  chart: { kind: 'bar', x: 'nth', y: 'rate' },
  rates: ['rate'],
});

/** One row a consumer and nth pay day that lies `within_days` back at least: `paid` and `next` are day numbers, 0 for none. */
function watched({ on, within_days }: { on: string; within_days: number }, scope: Scope): Fragment {
  const date = sql`toUInt16(${as(on, 'Date')})`;
  return perConsumer(sql`SELECT consumer, nth, paid, days[nth + 1] AS next
    FROM (SELECT consumer, arraySort(groupUniqArray(toUInt16(day))) AS days FROM ${paidLines(scope)}
      WHERE day <= ${as(on, 'Date')} AND until > ${date} GROUP BY consumer)
    ARRAY JOIN arraySlice(days, 1, ${MOST}) AS paid, arrayEnumerate(arraySlice(days, 1, ${MOST})) AS nth
    WHERE paid + ${within_days} <= ${date}`);
}
