import type { Day } from '../../src/base/day.ts';
import { paidLines, type Scope } from './paid.ts';
import { type Range, within } from './stage.ts';
import type { World } from './world.ts';

export interface GrowRow {
  /** '' for lines without a category. */
  readonly category_id: string;
  readonly metric: 'G' | 'R' | 'O' | 'W';
  /** Yuan. */
  readonly value: number;
}

/** Buyers, orders and net yuan of one category in one period: V = N·f·p. */
interface Sales {
  readonly consumers: number;
  readonly orders: number;
  readonly net: number;
}

/** GROW of a period against a base, a category at a time; rows of value 0 are left out. */
export function grow(
  world: World,
  { from, to, base_from, base_to }: Range & { base_from: Day; base_to: Day },
  scope: Scope = {},
): GrowRow[] {
  // "refunds as known at the end of `to`", of both periods
  const now = salesOf(world, { from, to }, to, scope);
  const base = salesOf(world, { from: base_from, to: base_to }, to, scope);
  const none: Sales = { consumers: 0, orders: 0, net: 0 };
  return [...new Set([...now.keys(), ...base.keys()])]
    .toSorted()
    .flatMap((category_id) =>
      split(now.get(category_id) ?? none, base.get(category_id) ?? none).map((row) => ({ category_id, ...row })),
    )
    .filter((row) => row.value !== 0);
}

function split(now: Sales, base: Sales): Pick<GrowRow, 'metric' | 'value'>[] {
  // "V only in the new period: all of it is W. V only in the base: −V is G."
  if (base.net === 0) return [{ metric: 'W', value: now.net }];
  if (now.net === 0) return [{ metric: 'G', value: -base.net }];
  // "Both V > 0: the additive split with logarithmic means." L(a,b) = (a−b) / ln(a/b), a when a = b
  const mean = now.net === base.net ? now.net : (now.net - base.net) / Math.log(now.net / base.net);
  // "N = consumers with a paid line in the period, f = orders ÷ N, p = net amount ÷ orders"
  const f = (sales: Sales) => sales.orders / sales.consumers;
  const p = (sales: Sales) => sales.net / sales.orders;
  return [
    { metric: 'G', value: mean * Math.log(now.consumers / base.consumers) },
    { metric: 'R', value: mean * Math.log(f(now) / f(base)) },
    { metric: 'O', value: mean * Math.log(p(now) / p(base)) },
  ];
}

function salesOf(world: World, period: Range, knownAt: Day, scope: Scope): Map<string, Sales> {
  const lines = [...world.lives].flatMap(([consumer, life]) =>
    paidLines(world, life, knownAt, scope)
      .filter((line) => within(line.day, period))
      .map((line) => ({ consumer, ...line })),
  );
  const categories = new Set(lines.map((line) => line.category_id));
  return new Map(
    [...categories].map((category) => {
      const own = lines.filter((line) => line.category_id === category);
      return [
        category,
        {
          consumers: new Set(own.map((line) => line.consumer)).size,
          orders: new Set(own.map((line) => line.order)).size,
          net: own.reduce((fen, line) => fen + line.net, 0) / 100,
        },
      ];
    }),
  );
}
