import type { Day } from '../../src/base/day.ts';
import { consumersOf, identifiersOf } from './identity.ts';

/** A canonical row as it stands in a file: contract §1 columns, text, empty or missing = absent. */
export type Row = Readonly<Record<string, string>>;

/** The files of one source; times are `YYYY-MM-DD[ HH:mm:ss]` in the business zone. */
export interface Rows {
  readonly events: readonly Row[];
  readonly orders: readonly Row[];
  readonly items: readonly Row[];
  readonly members: readonly Row[];
  readonly reviews: readonly Row[];
}

/** What a scope looks at: '' = absent. */
export interface Goods {
  readonly brand: string;
  readonly category_id: string;
  readonly item_id: string;
}

export interface Event extends Goods {
  /** Its place among the events, which tells two equal rows apart. */
  readonly ordinal: number;
  /** Business-zone text; its first ten letters are the day. */
  readonly event_time: string;
  readonly day: Day;
  readonly behavior: string;
  readonly order_id: string;
  /** Fen. */
  readonly amount: number;
  readonly value: number | null;
}

/** Days are '' when the time is absent; amounts are fen. */
export interface OrderLine extends Goods {
  readonly order_id: string;
  readonly order_day: Day;
  readonly pay_day: Day | '';
  readonly status: string;
  readonly amount: number;
  readonly refund_amount: number;
  readonly refund_day: Day | '';
}

export interface Membership {
  readonly join_day: Day;
  readonly quit_day: Day | '';
}

export interface Review extends Goods {
  readonly day: Day;
  readonly rating: number | null;
}

/** All rows of one consumer. */
export interface Life {
  /** All its identifiers, as `type:value`. */
  readonly identifiers: Set<string>;
  readonly events: Event[];
  readonly lines: OrderLine[];
  readonly memberships: Membership[];
  readonly reviews: Review[];
}

export interface World {
  /** By consumer, numbered in order of appearance. */
  readonly lives: ReadonlyMap<number, Life>;
  /** Brand and category of an item, by item_id. */
  readonly items: ReadonlyMap<string, { readonly brand: string; readonly category_id: string }>;
  /** Every order_id that stands in `orders`, of identified consumers or not. */
  readonly orderIds: ReadonlySet<string>;
  /** Rows about a person that belong to no consumer. */
  readonly unidentified: number;
}

const synonyms: Readonly<Record<string, string>> = {
  pv: 'item_view',
  view: 'item_view',
  fav: 'favorite',
  add_to_cart: 'cart',
  buy: 'pay',
  purchase: 'pay',
};

/** The world that the rows of one source tell of. */
export function world(rows: Partial<Rows>): World {
  const events = firstOfKey(rows.events ?? [], (row) => cell(row, 'event_id'));
  const orders = lastOfKey(rows.orders ?? [], lineKey);
  const members = rows.members ?? [];
  const reviews = lastOfKey(rows.reviews ?? [], (row) => cell(row, 'review_id'));
  const personal = [...events, ...orders, ...members, ...reviews];
  const { consumerOf, shared } = consumersOf(personal);
  const lives = new Map<number, Life>();
  const lifeOf = (row: Row): Life | undefined => {
    const consumer = consumerOf.get(row);
    if (consumer === undefined) return undefined;
    const life = lives.get(consumer) ?? emptyLife();
    lives.set(consumer, life);
    for (const id of identifiersOf(row)) if (!shared.has(id)) life.identifiers.add(id);
    return life;
  };
  for (const [ordinal, row] of events.entries()) lifeOf(row)?.events.push(eventOf(row, ordinal));
  for (const row of orders) lifeOf(row)?.lines.push(lineOf(row));
  for (const row of members) lifeOf(row)?.memberships.push(membershipOf(row));
  for (const row of reviews) lifeOf(row)?.reviews.push(reviewOf(row));
  return {
    lives,
    items: new Map((rows.items ?? []).map((row) => [cell(row, 'item_id'), goodsOf(row)])),
    orderIds: new Set(orders.map((row) => cell(row, 'order_id'))),
    unidentified: personal.filter((row) => !consumerOf.has(row)).length,
  };
}

/** A consumer's identifiers of one type. */
export function idsOf(life: Life, type: string): string[] {
  return [...life.identifiers].filter((id) => id.startsWith(`${type}:`)).map((id) => id.slice(type.length + 1));
}

const emptyLife = (): Life => ({ identifiers: new Set(), events: [], lines: [], memberships: [], reviews: [] });

function eventOf(row: Row, ordinal: number): Event {
  const behavior = cell(row, 'behavior');
  return {
    ...goodsOf(row),
    ordinal,
    event_time: cell(row, 'event_time'),
    day: dayOf(row, 'event_time'),
    behavior: synonyms[behavior] ?? behavior,
    order_id: cell(row, 'order_id'),
    amount: fen(cell(row, 'amount')),
    value: numberOf(cell(row, 'value')),
  };
}

function lineOf(row: Row): OrderLine {
  return {
    ...goodsOf(row),
    order_id: cell(row, 'order_id'),
    order_day: dayOf(row, 'order_time'),
    pay_day: dayOf(row, 'pay_time'),
    status: cell(row, 'status'),
    amount: fen(cell(row, 'amount')),
    refund_amount: fen(cell(row, 'refund_amount')),
    refund_day: dayOf(row, 'refund_time'),
  };
}

function membershipOf(row: Row): Membership {
  return { join_day: dayOf(row, 'join_time'), quit_day: dayOf(row, 'quit_time') };
}

function reviewOf(row: Row): Review {
  return { ...goodsOf(row), day: dayOf(row, 'review_time'), rating: numberOf(cell(row, 'rating')) };
}

function goodsOf(row: Row): Goods {
  return { brand: cell(row, 'brand'), category_id: cell(row, 'category_id'), item_id: cell(row, 'item_id') };
}

/** "Empty string = absent." */
function cell(row: Row, column: string): string {
  return (row[column] ?? '').trim();
}

function dayOf(row: Row, column: string): Day {
  return cell(row, column).slice(0, 10);
}

function numberOf(text: string): number | null {
  return text === '' ? null : Number(text);
}

/** "Money: decimal in major units (`129.00`), stored as an integer count of the minor unit." */
function fen(text: string): number {
  return Math.round(Number(text) * 100);
}

/** "`orders` are keyed by (source, order_id, line_id or ordinal)": '' where only the ordinal tells lines apart. */
function lineKey(row: Row): string {
  return cell(row, 'line_id') === '' ? '' : `${cell(row, 'order_id')}/${cell(row, 'line_id')}`;
}

/** "With `event_id`: (source, event_id)": a second row of the same id adds nothing. Rows without a key all stay. */
function firstOfKey(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return lastOfKey(rows.toReversed(), keyOf).toReversed();
}

/** "A later row for the same key replaces the earlier." Rows without a key all stay. */
function lastOfKey(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const last = new Map(rows.map((row) => [keyOf(row), row]));
  return rows.filter((row) => keyOf(row) === '' || last.get(keyOf(row)) === row);
}
