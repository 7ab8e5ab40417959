import type { LiveRow } from '../protocol.ts';
import { columnAliases, columnsOf } from './message-columns.ts';
import { type Said, saidRows } from './message-event.ts';
import type { Message } from './message-json.ts';

/** More products than this stay on one row: a row a product repeats all that the event says. */
const mostRows = 200;
/** Behaviours of a consumer towards one product: an event that names several is several of them. */
const towardsOne: ReadonlySet<string> = new Set(['item_view', 'cart', 'favorite']);

/**
 * Rows of an event and the products it names: one a product where the behaviour is towards one or its word says so,
 * else one with the columns of a single product, or with all products as a prop.
 */
export function goodsRows(said: Said, products: readonly Message[]): LiveRow[] {
  return parted(said, products).flatMap(saidRows);
}

function parted(said: Said, products: readonly Message[]): Said[] {
  const { word } = said;
  const [only, ...others] = products;
  if (only === undefined) return [said];
  const together = { ...said, properties: { ...said.properties, products } };
  if (word.behavior === 'refund') return [together];
  if (products.length > mostRows) return [{ ...together, word: { behavior: word.behavior } }];
  if (word.perProduct) return [together];
  if (others.length === 0) return [ofProduct(said, only, '', 1)];
  if (!towardsOne.has(word.behavior)) return [together];
  return products.map((product, index) => ofProduct(said, product, `#${index + 1}`, products.length));
}

/** Note: what several products are worth together is the value of none of them. */
function ofProduct(said: Said, product: Message, suffix: string, of: number): Said {
  const { cells, rest } = columnsOf(product, columnAliases);
  const { value, ...properties } = said.properties;
  return {
    ...said,
    id: `${said.id}${suffix}`,
    properties: { ...properties, ...(of === 1 && { value }), ...cells },
    beside: { ...said.beside, ...(of > 1 && { value }), product: rest },
  };
}
