import { z } from 'zod';
import { newcombe, type Share, splitChance, welch } from '../../base/comparing.ts';
import { sharesDiffer } from '../../base/statistics.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';
import { outcomes } from './outcomes.ts';

const metrics = [
  'split',
  'reach',
  'deepening',
  'purchase',
  'gmv_per_head',
  'category_new',
  'brand_new',
  'strategic_crowd_share',
] as const;
type Metric = (typeof metrics)[number];

/** A group of fewer consumers tells nothing. */
const LEAST = 30;
/** Below this chance the split is not the one that was meant, and nothing is compared. */
const SPLIT = 0.001;

const side = z.object({
  side: z.int(),
  consumers: z.int(),
  reached: z.int(),
  deepened: z.int(),
  bought: z.int(),
  category_new: z.int(),
  brand_new: z.int(),
  strategic: z.int(),
  crowds: z.int(),
  net: z.number(),
  squares: z.number(),
  holdout: z.number(),
});
type Side = z.infer<typeof side>;

const row = z.object({
  metric: z.enum(metrics),
  treated: z.int(),
  control: z.int(),
  treated_value: z.number().nullable(),
  control_value: z.number().nullable(),
  lift: z.number().nullable(),
  relative: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
});
type Row = z.infer<typeof row>;

const unit = { by: 'metric', of: unitsOf() } as const;

function unitsOf() {
  return Object.fromEntries(
    metrics.map((each) => [each, each === 'gmv_per_head' ? ('money' as const) : ('rate' as const)]),
  );
}

/** What a push did, against those who were kept out of it at random; by intention to treat. */
export const pushReadout = defineAnalysis({
  id: 'push-readout',
  doc: new URL('./push-readout.md', import.meta.url),
  title: { zh: '推送效果', en: 'Read-out of a push' },
  question: {
    zh: '与随机留出的对照组相比，这次推送带来了什么？',
    en: 'What did a push bring, against the control that was held out at random?',
  },
  origin: 'proposed',
  params: z.object({
    push: z.string().min(1).describe('name of the push | 推送名称'),
    on: day().describe('last day looked at | 截至日'),
    ...scopeParams,
  }),
  reads: 'tags',
  row,
  raw: side,
  columns: {
    metric: { zh: '指标', en: 'Metric' },
    treated: { zh: '推送组', en: 'Treated' },
    control: { zh: '对照组', en: 'Control' },
    treated_value: { zh: '推送组值', en: 'Value, treated' },
    control_value: { zh: '对照组值', en: 'Value, control' },
    lift: { zh: '提升', en: 'Lift' },
    relative: { zh: '相对提升', en: 'Relative lift' },
    low: { zh: '提升下限', en: 'Lift, low' },
    high: { zh: '提升上限', en: 'Lift, high' },
    p: { zh: 'p 值', en: 'p value' },
  },
  query: (params, lens) => sql`
    SELECT side, count() AS consumers, sum(o.reached) AS reached, sum(o.deepened) AS deepened, sum(o.bought) AS bought,
      sum(o.category_new) AS category_new, sum(o.brand_new) AS brand_new, countIf(o.bought AND o.strategic) AS strategic,
      max(o.crowds) AS crowds, toFloat64(sum(o.net)) / 100 AS net, sum(pow(toFloat64(o.net) / 100, 2)) AS squares,
      avg(o.holdout) / 10000 AS holdout
    FROM ${outcomes(params, lens)} AS o GROUP BY side ORDER BY side DESC`,
  refine: (rows) => readOut(rows),
  people: ({ metric }, params, lens) => sql`
    SELECT consumer FROM ${outcomes(params, lens)} WHERE side = 1 AND ${testOf(metric)}`,
  chart: { kind: 'table' },
  rates: ['relative'],
  units: { treated_value: unit, control_value: unit, lift: unit, low: unit, high: unit },
  words: {
    metric: {
      split: { zh: '分组检查（SRM）', en: 'Split check (SRM)' },
      reach: { zh: '触达', en: 'Reached' },
      deepening: { zh: '关系加深', en: 'Deepened' },
      purchase: { zh: '购买', en: 'Bought' },
      gmv_per_head: { zh: '人均成交额', en: 'GMV per head' },
      category_new: { zh: '品类新客', en: 'New to the category' },
      brand_new: { zh: '品牌新客', en: 'New to the brand' },
      strategic_crowd_share: { zh: '购买者中策略人群占比', en: 'Strategic crowds among buyers' },
    },
  },
});

function testOf(metric: Metric): Fragment {
  return {
    split: sql`1`,
    reach: sql`reached`,
    deepening: sql`deepened`,
    purchase: sql`bought`,
    gmv_per_head: sql`net > 0`,
    category_new: sql`category_new`,
    brand_new: sql`brand_new`,
    strategic_crowd_share: sql`bought AND strategic`,
  }[metric];
}

const nobody: Omit<Side, 'side'> = {
  ...{ consumers: 0, reached: 0, deepened: 0, bought: 0, category_new: 0, brand_new: 0 },
  ...{ strategic: 0, crowds: 0, net: 0, squares: 0, holdout: 0 },
};

function readOut(sides: readonly Side[]): Row[] {
  if (sides.length === 0) return [];
  const on = (asked: number): Side => sides.find((each) => each.side === asked) ?? { ...nobody, side: asked };
  const [treated, control] = [on(1), on(0)];
  const meant = 1 - Math.max(treated.holdout, control.holdout);
  const split = splitRow(treated, control, meant);
  const isEven = split.p === null || split.p >= SPLIT;
  const share = (metric: Metric, of: (each: Side) => Share) => shareRow(metric, of(treated), of(control), isEven);
  return [
    split,
    share('reach', ({ reached, consumers }) => [reached, consumers]),
    share('deepening', ({ deepened, consumers }) => [deepened, consumers]),
    share('purchase', ({ bought, consumers }) => [bought, consumers]),
    gmvRow(treated, control, isEven),
    share('category_new', (each) => [each.category_new, each.consumers]),
    share('brand_new', (each) => [each.brand_new, each.consumers]),
    treated.crowds + control.crowds === 0
      ? empty('strategic_crowd_share', treated.bought, control.bought)
      : share('strategic_crowd_share', ({ strategic, bought }) => [strategic, bought]),
  ];
}

function empty(metric: Metric, treated: number, control: number): Row {
  const none = { treated_value: null, control_value: null, lift: null, relative: null, low: null, high: null, p: null };
  return { metric, treated, control, ...none };
}

/** The share of controls beside the share meant, and the chance of a split as uneven. */
function splitRow({ consumers: treated }: Side, { consumers: control }: Side, meant: number): Row {
  const all = treated + control;
  const p = splitChance(treated, control, meant) ?? null;
  return { ...empty('split', treated, control), treated_value: treated / all, control_value: control / all, p };
}

function shareRow(metric: Metric, treated: Share, control: Share, isEven: boolean): Row {
  const none = empty(metric, treated[1], control[1]);
  if (Math.min(treated[1], control[1]) < LEAST) return none;
  const [p, q] = [treated[0] / treated[1], control[0] / control[1]];
  const values = { ...none, treated_value: p, control_value: q };
  const interval = newcombe(treated, control);
  if (!isEven || !interval) return values;
  return {
    ...values,
    lift: p - q,
    relative: q > 0 ? p / q - 1 : null,
    ...interval,
    p: sharesDiffer(treated, control) ?? null,
  };
}

function gmvRow(treated: Side, control: Side, isEven: boolean): Row {
  const none = empty('gmv_per_head', treated.consumers, control.consumers);
  if (Math.min(treated.consumers, control.consumers) < LEAST) return none;
  const sums = ({ consumers, net, squares }: Side) => ({ count: consumers, sum: net, squares });
  const [mean, other] = [treated.net / treated.consumers, control.net / control.consumers];
  const values = { ...none, treated_value: mean, control_value: other };
  const compared = isEven ? welch(sums(treated), sums(control)) : undefined;
  if (!compared) return values;
  const { difference, low, high, p } = compared;
  return { ...values, lift: difference, relative: other > 0 ? mean / other - 1 : null, low, high, p };
}
