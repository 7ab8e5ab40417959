import { addDays } from '../../src/base/day.ts';
import { ident } from '../../src/identity/identifier.ts';
import { typeOf } from '../../src/identity/types.ts';
import type { Context } from '../../src/intake/context.ts';
import type { Keys } from '../../src/intake/identifiers.ts';
import { as, type Fragment, id, join, sql } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import type { Plan } from '../work.ts';
import { consumersOf } from './event-files.ts';

/** Last business day of the generated world, which spans two years. */
export const worldDay = '2025-06-30';
export const worldDays = 730;

/** Rows one statement generates. */
const SLAB = 10_000_000;

/** A file number no import reaches. */
export const file = sql`${as(4_000_000_000, 'UInt32')}`;

/** Behaviours by the two hundred. */
const behaviors = Object.entries({
  impression: 48,
  click: 16,
  item_view: 68,
  page_view: 12,
  search: 10,
  content_view: 10,
  shop_visit: 8,
  cart: 10,
  favorite: 6,
  coupon_claim: 4,
  follow: 1,
  unfollow: 1,
  pay: 4,
  review: 2,
}).flatMap(([name, times]) => Array<string>(times).fill(name));

/** A random number of a row, one for each purpose. */
export const dice = (purpose: number): Fragment => sql`cityHash64(number, ${purpose})`;
const dayBack = (purpose: number): Fragment =>
  sql`toDate(${as(worldDay, 'Date')} - toUInt16(${dice(purpose)} % ${worldDays}))`;
const moment = (purpose: number): Fragment => sql`toDateTime64(day, 3, 'UTC') + toUInt32(${dice(purpose)} % 57600)`;

/** How each column of a table is made from the `number` of its row. */
export type Columns = Readonly<Record<string, Fragment>>;

/** Generates rows of a table, a slab at a time. */
export async function fill(warehouse: Warehouse, table: string, rows: number, columns: Columns): Promise<void> {
  const names = Object.keys(columns);
  for (let from = 0; from < rows; from += SLAB)
    await warehouse.run(sql`INSERT INTO ${id(table)} (${join(names.map(id), ', ')})
      SELECT ${join(
        Object.entries(columns).map(([name, value]) => sql`${value} AS ${id(name)}`),
        ', ',
      )}
      FROM numbers(${from}, ${Math.min(SLAB, rows - from)})`);
}

/**
 * Fills a home's tables from inside the engine: `events` touches of `events` ÷ 10 consumers, who are skewed as the square
 * of an even chance, and beside them order lines (a fiftieth, one in twelve refunded), reviews and members (an eighth of
 * the consumers). Rows come in the order of consumers, as merged parts hold them.
 */
export async function fillWorld({ warehouse, keys }: Context, plan: Plan): Promise<void> {
  const consumers = consumersOf(plan);
  const generate = (table: string, rows: number, columns: Columns) => fill(warehouse, table, rows, columns);
  const person = (rows: number) => ({
    consumer: sql`toUInt32(1 + floor(${consumers} * pow((number + 0.5) / ${rows}, 2)))`,
    who: userNumber(sql`toString(consumer)`, keys),
    source: sql`'bench'`,
    file,
    line: sql`number`,
  });
  await generate('people', consumers, {
    consumer: sql`toUInt32(number + 1)`,
    who: userNumber(sql`toString(consumer)`, keys),
    version: sql`toUInt64(0)`,
  });
  await generate('events', plan.events, { ...person(plan.events), ...touch });
  const orders = Math.round(plan.events / 50);
  await generate('order_lines', orders, { ...person(orders), ...line });
  const reviews = Math.round(plan.events / 200);
  await generate('reviews', reviews, { ...person(reviews), ...review });
  const members = Math.round(consumers / 8);
  const eighth = { consumer: sql`toUInt32(1 + number * 8)` };
  await generate('memberships', members, { ...person(members), ...eighth, ...membership });
}

/** The number by which the home knows an id_user. */
export function userNumber(value: Fragment, keys: Keys): Fragment {
  return ident(value, { name: 'user', type: typeOf(keys.identity, 'user'), source: 'bench' }, keys.identifier);
}

const touch = {
  day: dayBack(1),
  at: moment(2),
  behavior: sql`${behaviors}[1 + ${dice(3)} % ${behaviors.length}]`,
  platform: sql`'taobao'`,
  item_id: sql`toString(1 + ${dice(4)} % 500000)`,
  category_id: sql`toString(1 + ${dice(4)} % 2000)`,
  value: sql`if(behavior = 'review', toNullable(toFloat64(1 + ${dice(5)} % 5)), NULL)`,
};

const line = {
  day: dayBack(11),
  order_id: sql`concat('o', toString(number))`,
  order_at: moment(12),
  pay_at: sql`order_at`,
  status: sql`'paid'`,
  item_id: sql`toString(1 + ${dice(13)} % 500000)`,
  amount: sql`toInt64(1000 + ${dice(14)} % 50000)`,
  refund_amount: sql`if(${dice(15)} % 12 = 0, toNullable(amount), NULL)`,
  refund_day: sql`if(isNull(refund_amount), NULL, toNullable(day + toUInt16(${dice(16)} % 15)))`,
};

const review = { day: dayBack(21), at: moment(22), rating: sql`toFloat64(1 + ${dice(23)} % 5)` };

const membership = {
  day: dayBack(31),
  join_at: moment(32),
  quit_day: sql`if(${dice(33)} % 10 = 0, toNullable(day + toUInt16(1 + ${dice(34)} % 400)), NULL)`,
};

/** The day before a day of the world. */
export const dayBefore = (day: string): string => addDays(day, -1);

/** The day after a day of the world. */
export const dayAfter = (day: string): string => addDays(day, 1);
