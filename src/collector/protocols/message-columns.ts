import { entities } from '../../model/entities.ts';
import { clipped, isObject, textOf } from '../props.ts';
import type { Message } from './message-json.ts';

type Cells = Readonly<Record<string, string>>;

/** Columns of an event that a client's property of the same name fills. */
const own = new Map(
  entities.events.columns
    .filter(({ name }) => !['event_id', 'event_time', 'behavior'].includes(name))
    .map(({ name, kind }) => [name, kind === 'text' ? 'text' : 'number'] as const),
);

/** What clients call the contract's columns, in the order of trust; a column's own name goes before all. */
export const columnAliases: Readonly<Record<string, readonly string[]>> = {
  item_id: ['product_id', 'productId', 'sku'],
  order_id: ['orderId', 'checkout_order_id'],
  keyword: ['query', 'search_term'],
  category_id: ['product_category', 'category'],
  creative_id: ['creative'],
  campaign_id: ['promotion_id'],
};

/** Where a touch came from, by its campaign (utm fields) and by what a Segment context tells. */
const campaignColumns: Readonly<Record<string, readonly string[]>> = {
  channel: ['source', 'medium'],
  campaign_id: ['id', 'name'],
  creative_id: ['content'],
  keyword: ['term'],
};

const decimal = /^-?\d{1,15}(\.\d{1,10})?$/;
const longest = 200;

/** Properties of an event as cells of the contract and the rest, which is for props. */
export interface Parted {
  readonly cells: Cells;
  readonly rest: Message;
}

/** Properties with the contract's columns taken out of them; a value that does not fit its column stays behind. */
export function columnsOf(properties: Message, names: Readonly<Record<string, readonly string[]>>): Parted {
  const cells: Record<string, string> = {};
  const rest: Record<string, unknown> = { ...properties };
  for (const [column, kind] of own) {
    const name = [column, ...(names[column] ?? [])].find((each) => fits(properties, each, kind));
    if (name === undefined) continue;
    cells[column] = textOf(properties[name]).trim();
    delete rest[name];
  }
  return { cells, rest };
}

/** Columns that the campaign of a context fills; they do not go before the event's own. */
export function campaignCells(campaign: unknown): Cells {
  if (!isObject(campaign)) return {};
  const told = Object.entries(campaignColumns).map(([column, names]) => {
    const name = names.find((each) => fits(campaign, each, 'text'));
    return [column, name === undefined ? '' : textOf(campaign[name]).trim()] as const;
  });
  return Object.fromEntries(told.filter(([, value]) => value !== ''));
}

function fits(properties: Message, name: string, kind: 'text' | 'number'): boolean {
  if (!Object.hasOwn(properties, name)) return false;
  const value = properties[name];
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = textOf(value).trim();
  return kind === 'number' ? decimal.test(text) : text !== '' && clipped(text, longest) === text;
}
