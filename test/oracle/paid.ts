import type { Day } from '../../src/base/day.ts';
import type { Goods, Life, OrderLine, World } from './world.ts';

/** Limits an answer to rows of a brand or a category; `ownBrands` are the workspace's, none = all. */
export interface Scope {
  readonly brand?: string;
  readonly category?: string;
  readonly ownBrands?: readonly string[];
}

/** A line that is paid and not fully refunded as of the day asked. */
export interface PaidLine {
  readonly day: Day;
  /** Names the order: lines of one order share it; a `pay` event without an order_id is an order of its own. */
  readonly order: string;
  /** Net amount in fen: amount − refunds as of the day asked. */
  readonly net: number;
  readonly category_id: string;
}

/** "an item's brand stands in `items`, else on the row" */
export function brandOf(world: World, row: Goods): string {
  return world.items.get(row.item_id)?.brand || row.brand;
}

/** "an item's category stands in `items`, else on the row" */
export function categoryOf(world: World, row: Goods): string {
  return world.items.get(row.item_id)?.category_id || row.category_id;
}

export function inScope(world: World, row: Goods, scope: Scope): boolean {
  const brand = brandOf(world, row);
  const own = scope.ownBrands ?? [];
  // "`--brand X` takes the rows of brand X only"
  if (scope.brand !== undefined && brand !== scope.brand) return false;
  // "Brand scope takes rows whose `brand` is one of the workspace's own or absent; a workspace that names no brand
  // of its own takes all rows."
  if (scope.brand === undefined && own.length > 0 && brand !== '' && !own.includes(brand)) return false;
  // "Category scope takes only rows whose item or row has that category"
  return scope.category === undefined || categoryOf(world, row) === scope.category;
}

/** The paid lines of a consumer as of `on`, ever until its end. */
export function paidLines(world: World, life: Life, on: Day, scope: Scope = {}): PaidLine[] {
  return [...orderLinesPaid(world, life, on, scope), ...payEventsPaid(world, life, on, scope)];
}

function orderLinesPaid(world: World, life: Life, on: Day, scope: Scope): PaidLine[] {
  const paid: PaidLine[] = [];
  for (const line of life.lines) {
    const day = payDay(line);
    if (day === null || day > on || line.amount <= 0 || !inScope(world, line, scope)) continue;
    const net = line.amount - refundedBy(line, day, on);
    // "not fully refunded as of D (refund_amount ≥ amount ...)"
    if (net > 0) paid.push({ day, order: `order ${line.order_id}`, net, category_id: categoryOf(world, line) });
  }
  return paid;
}

/** Day of payment, null for a line that was never paid. */
function payDay(line: OrderLine): Day | null {
  // "`status` in `unpaid cancelled closed` is never paid."
  if (['unpaid', 'cancelled', 'closed'].includes(line.status)) return null;
  // "Its pay day is the day of pay_time" "(or, where there is no pay_time ..., its order_time)"
  return line.pay_day || line.order_day;
}

/** Fen of the line that had been paid back by the end of `on`. */
function refundedBy(line: OrderLine, day: Day, on: Day): number {
  // "refund_time ≤ end of D; an empty refund_time counts from the pay day"
  const since = line.refund_day || day;
  return since <= on ? line.refund_amount : 0;
}

/** "A `pay` event whose order_id stands in no `orders` row is a paid line of its `amount` (0 if absent)" */
function payEventsPaid(world: World, life: Life, on: Day, scope: Scope): PaidLine[] {
  const paid: PaidLine[] = [];
  for (const event of life.events) {
    if (event.behavior !== 'pay' || event.day > on || world.orderIds.has(event.order_id)) continue;
    if (!inScope(world, event, scope) || isUndone(life, event.order_id, on)) continue;
    const order = event.order_id === '' ? `event ${event.ordinal}` : `order ${event.order_id}`;
    paid.push({ day: event.day, order, net: event.amount, category_id: categoryOf(world, event) });
  }
  return paid;
}

/**
 * "undone by a `refund` event of the same order_id and consumer". Our readings: an absent order_id is the same as
 * no other; the refund follows its payment, so its own brand and category are not asked.
 */
function isUndone(life: Life, order: string, on: Day): boolean {
  return (
    order !== '' &&
    life.events.some((event) => event.behavior === 'refund' && event.order_id === order && event.day <= on)
  );
}
