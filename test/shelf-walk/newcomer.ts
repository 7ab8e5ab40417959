import { z } from 'zod';
import { day, defineAnalysis, scopeParams } from '../../src/analyses/analysis.ts';
import { paidLines } from '../../src/model/paid.ts';
import { as, sql } from '../../src/warehouse/sql.ts';

/** An analysis that the shelf does not have: consumers by pay day. */
export const payDays = defineAnalysis({
  id: 'pay-days',
  doc: new URL('./newcomer.md', import.meta.url),
  title: { zh: '支付日', en: 'Pay days' },
  question: { zh: '每天有多少消费者付款？', en: 'How many consumers pay on each day?' },
  origin: 'proposed',
  params: z.object({
    from: day().describe('first day | 起始日'),
    least: z.int().min(0).default(1).describe('least consumers of a day | 每日最少人数'),
    size: z.enum(['any', 'large']).default('any').describe('orders that count | 计入的订单'),
    ...scopeParams,
  }),
  row: z.object({ date: z.iso.date(), size: z.string(), consumers: z.int(), amount: z.number(), share: z.number() }),
  columns: {
    date: { zh: '日期', en: 'Date' },
    size: { zh: '档', en: 'Size' },
    consumers: { zh: '消费者', en: 'Consumers' },
    amount: { zh: '金额', en: 'Amount' },
    share: { zh: '占比', en: 'Share' },
  },
  query: ({ from, least, size }, { scope }) => sql`
    SELECT day AS date, ${size} AS size, uniqExact(consumer) AS consumers, sum(amount) / 100 AS amount, 0.5 AS share
    FROM ${paidLines(scope)} WHERE day >= ${as(from, 'Date')} GROUP BY day HAVING consumers >= ${least} ORDER BY day`,
  people: ({ date }, _, { scope }) => sql`
    SELECT DISTINCT consumer FROM ${paidLines(scope)} WHERE day = ${as(date, 'Date')}`,
  chart: { kind: 'line', x: 'date', y: 'consumers' },
  rates: ['share'],
  money: ['amount'],
  words: { size: { any: { zh: '任意', en: 'Any' }, large: { zh: '大额', en: 'Large' } } },
});
