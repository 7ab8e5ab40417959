import { correctedTime, readTime, type Times, timeProps } from '../clock.ts';
import { isObject, propsOf, textOf } from '../props.ts';
import type { LiveRow } from '../protocol.ts';
import type { Word } from '../words.ts';
import { campaignCells, columnAliases, columnsOf } from './message-columns.ts';
import type { Ids } from './message-ids.ts';
import type { Message } from './message-json.ts';
import { majorText, minorUnits, shared } from './message-lines.ts';

/** One event as a client said it, whatever its protocol. */
export interface Said {
  readonly id: string;
  readonly word: Word;
  readonly ids: Ids;
  /** The client's time of the event as it wrote it; absent: when it was received. */
  readonly time: unknown;
  readonly sent: number | undefined;
  readonly received: number;
  /** What the event is about; a purchase's goods are the list `products`. */
  readonly properties: Message;
  /** Kept in props below the properties: context and the like. */
  readonly beside: Message;
  /** Campaign the client came by, with utm names without `utm_`. */
  readonly campaign?: unknown;
  /** `consent.<purpose>`. */
  readonly consent?: Readonly<Record<string, string>>;
}

type Cells = Readonly<Record<string, string>>;

/** Words whose amount is money that was paid or given back. */
const paying: ReadonlySet<string> = new Set(['pay', 'refund', 'refund_partial', 'deposit']);
/** Where a message says what was paid, and what was given back, in the order of trust. */
const paidNames = ['total', 'revenue', 'value', 'amount'] as const;
const backNames = ['refund_amount', 'amount', ...paidNames] as const;

/** The rows of an event: one, or for a purchase one for each of its products. */
export function saidRows(said: Said): LiveRow[] {
  const products = productsOf(said.properties.products);
  if (said.word.perProduct && products.length > 0) return lineRows(said, products);
  if (said.word.behavior === 'refund') return [refundRow(said, products)];
  return [row(said, paying.has(said.word.behavior) ? amountCell(said.properties, paidNames) : {})];
}

/** One row of an event, with cells that go before those its properties fill. */
function row(said: Said, cells: Cells): LiveRow {
  const { cells: told, rest } = columnsOf(said.properties, namesOf(said.word));
  const { value: _, ...unpaid } = told;
  const { time, props } = timeOf(said);
  return {
    entity: 'events',
    cells: {
      event_id: said.id,
      event_time: time,
      behavior: said.word.behavior,
      ...said.ids,
      ...campaignCells(said.campaign),
      ...('amount' in cells ? unpaid : told),
      ...cells,
    },
    props: { ...propsOf(rest, Object.values(said.ids), said.beside), ...said.consent, ...props },
  };
}

/** A page has a category and a query that are not of goods; what a review is worth is its rating. */
function namesOf({ behavior }: Word): typeof columnAliases {
  if (behavior === 'page_view') return {};
  return behavior === 'review' ? { ...columnAliases, value: ['rating'] } : columnAliases;
}

/** A time that cannot be read stays as it came, so that the row is refused for it and can be mended. */
function timeOf({ time, sent, received }: Said): { time: string; props: Record<string, string> } {
  const original = readTime(time);
  const times: Times = { original, sent, received };
  const unread = original === undefined ? textOf(time) : '';
  return { time: unread === '' ? String(correctedTime(times)) : unread, props: timeProps(times) };
}

/** The first of these properties that is money, in minor units. */
function moneyOf(properties: Message, names: readonly string[]): number | undefined {
  return names.map((name) => minorUnits(properties[name])).find((money) => money !== undefined);
}

/** What was paid; words that are no money are told too, for the intake to refuse. */
function amountCell(properties: Message, names: readonly string[]): Cells {
  const money = moneyOf(properties, names);
  if (money !== undefined) return { amount: majorText(money) };
  const words = names.map((name) => textOf(properties[name]).trim()).find((text) => text !== '');
  return words === undefined ? {} : { amount: words };
}

/** A list of products, or of their ids. */
function productsOf(products: unknown): Message[] {
  if (!Array.isArray(products)) return [];
  return products.flatMap((product: unknown) => {
    if (typeof product === 'string' || typeof product === 'number') return [{ product_id: product }];
    return isObject(product) ? [product] : [];
  });
}

/** Price times quantity of a product in minor units, or the amount of its line. */
function listed(product: Message): number | undefined {
  const price = minorUnits(product.price);
  if (price === undefined) return minorUnits(product.amount);
  const quantity = Number(product.quantity ?? 1);
  const sum = Math.round(price * (quantity >= 0 ? quantity : 1));
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** What was paid: as the message says, else what its goods cost together less the discount. */
function paidOf(properties: Message, prices: readonly (number | undefined)[]): number | undefined {
  const paid = moneyOf(properties, paidNames);
  const known = prices.filter((price) => price !== undefined);
  if (paid !== undefined || known.length === 0) return paid;
  return Math.max(0, known.reduce((sum, price) => sum + price, 0) - (minorUnits(properties.discount) ?? 0));
}

/** One row a product; their amounts are together what was paid. */
function lineRows(said: Said, products: readonly Message[]): LiveRow[] {
  const prices = products.map(listed);
  const paid = paidOf(said.properties, prices);
  const amounts =
    paid === undefined
      ? []
      : shared(
          paid,
          prices.map((price) => price ?? 0),
        );
  const { products: _, value, amount: whole, quantity, ...order } = said.properties;
  const unread = paid === undefined ? amountCell(said.properties, paidNames) : {};
  return products.map((product, index) => {
    const { cells, rest } = columnsOf(product, columnAliases);
    const amount = amounts[index];
    const beside = { ...said.beside, value, amount: whole, quantity, product: rest };
    const line = { ...said, id: `${said.id}#${index + 1}`, properties: order, beside };
    return row(line, { ...cells, ...unread, ...(amount !== undefined && { amount: majorText(amount) }) });
  });
}

/**
 * A `refund` undoes its whole order. One that names products, or gives back less than the total it names, undoes a
 * part; a cancellation names products and undoes all.
 */
function refundRow(said: Said, products: readonly Message[]): LiveRow {
  const { properties, word } = said;
  const back = moneyOf(properties, backNames) ?? paidOf(properties, products.map(listed));
  const total = moneyOf(properties, ['order_total', 'total']);
  const less = back !== undefined && total !== undefined && Math.abs(back) < Math.abs(total);
  const partial = !word.whole && (products.length > 0 || less);
  const amount = back === undefined ? amountCell(properties, backNames) : { amount: majorText(Math.abs(back)) };
  return row(partial ? { ...said, word: { behavior: 'refund_partial' } } : said, amount);
}
