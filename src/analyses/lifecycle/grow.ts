import { z } from 'zod';
import { netAmount, paidLines } from '../../model/paid.ts';
import { itemCategories, type Scope } from '../../model/scope.ts';
import { as, type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';

/** One row a category: buyers, orders and net minor units in the period (1) and in its base (0). */
const raw = z.object({
  category_id: z.string(),
  consumers1: z.int(),
  orders1: z.int(),
  net1: z.int(),
  consumers0: z.int(),
  orders0: z.int(),
  net0: z.int(),
});
type Sales = z.infer<typeof raw>;

const metrics = ['G', 'R', 'O', 'W'] as const;
type Metric = (typeof metrics)[number];

/** What moved net sales from the base to the period, a category at a time; its values add up to the difference. */
export const grow = defineAnalysis({
  id: 'grow',
  doc: new URL('./grow.md', import.meta.url),
  title: { zh: 'GROW 增长来源', en: 'GROW, sources of growth' },
  question: {
    zh: '与基期相比，销售的增减来自渗透、复购、价格还是延展？',
    en: 'Against a base, does the change of sales come from reach, frequency, price or new categories?',
  },
  origin: 'proposed',
  params: z
    .object({
      ...rangeParams,
      base_from: day().describe('first day of the base | 基期起始日（含）'),
      base_to: day().describe('last day of the base | 基期截止日（含）'),
      ...scopeParams,
    })
    .refine(...rangeInOrder)
    .refine((params) => params.base_from <= params.base_to, {
      path: ['base_to'],
      message: '`base_to` lies before `base_from`: swap them | 基期截止日早于起始日，请对调',
    }),
  row: z.object({ category_id: z.string(), metric: z.enum(metrics), value: z.number() }),
  raw,
  columns: {
    category_id: { zh: '类目', en: 'Category' },
    metric: { zh: '来源', en: 'Source' },
    value: { zh: '增量净额', en: 'Net change' },
  },
  query: ({ from, to, base_from, base_to }, { scope }) => {
    const now = between(from, to);
    const base = between(base_from, base_to);
    return sql`
      SELECT category AS category_id, groupBitmapIf(consumer, ${now}) AS consumers1,
        uniqExactIf(order_key, ${now}) AS orders1, sumIf(net, ${now}) AS net1,
        groupBitmapIf(consumer, ${base}) AS consumers0, uniqExactIf(order_key, ${base}) AS orders0,
        sumIf(net, ${base}) AS net0
      FROM ${linesByCategory(scope, to)} WHERE (${now}) OR (${base})
      GROUP BY category ORDER BY category`;
  },
  refine: (rows) => rows.flatMap((sales) => split(sales)).filter((row) => row.value !== 0),
  people: ({ category_id }, { from, to }, { scope }) => sql`
    SELECT DISTINCT consumer FROM ${linesByCategory(scope, to)}
    WHERE category = ${category_id} AND ${between(from, to)}`,
  chart: { kind: 'bar', x: 'category_id', y: 'value', series: 'metric' },
  money: ['value'],
  words: {
    category_id: { '': { zh: '无类目', en: 'No category' } },
    metric: {
      G: { zh: 'G 渗透', en: 'G Gain: reach' },
      R: { zh: 'R 复购', en: 'R Retain: frequency' },
      O: { zh: 'O 价格', en: 'O Boost: price' },
      W: { zh: 'W 延展', en: 'W Widen: new categories' },
    },
  },
});

function between(from: string, to: string): Fragment {
  return sql`day >= ${as(from, 'Date')} AND day <= ${as(to, 'Date')}`;
}

/** Lines that are paid as known at the end of a day, one row a line, with the category they count for and `net` minor units. */
function linesByCategory(scope: Scope, knownAt: string): Fragment {
  const known = sql`${as(knownAt, 'Date')}`;
  return perConsumer(sql`SELECT consumer, day, order_key, ${netAmount(known)} AS net,
      toString(if(c.own = '', l.category_id, c.own)) AS category
    FROM ${paidLines(scope)} AS l LEFT JOIN ${itemCategories} AS c ON c.item_id = l.item_id
    WHERE until > toUInt16(${known})`);
}

/** The additive split of V = N·f·p by logarithmic means, contract §4; major units. */
function split(sales: Sales): { category_id: string; metric: Metric; value: number }[] {
  const { category_id, consumers1, orders1, net1, consumers0, orders0, net0 } = sales;
  const row = (metric: Metric, minor: number) => ({ category_id, metric, value: minor / 100 });
  if (net0 === 0) return [row('W', net1)];
  if (net1 === 0) return [row('G', -net0)];
  const mean = net1 === net0 ? net1 : (net1 - net0) / Math.log(net1 / net0);
  return [
    row('G', mean * Math.log(consumers1 / consumers0)),
    row('R', mean * Math.log((orders1 * consumers0) / (orders0 * consumers1))),
    row('O', mean * Math.log((net1 * orders0) / (net0 * orders1))),
  ];
}
