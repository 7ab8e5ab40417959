import { isObject, objectOf, textOf } from '../props.ts';
import type { LiveRow } from '../protocol.ts';
import { meaning, type Words } from '../words.ts';
import { goodsRows } from './goods.ts';
import { consentOf } from './message-consent.ts';
import { IdSheet, type Ids } from './message-ids.ts';
import type { Message } from './message-json.ts';
import { profileRow } from './message-profile.ts';

/** The body of a request: one client's events, and what holds for all of them. */
export interface Collected extends Message {
  readonly events: readonly unknown[];
}

/** An event of a request and what is known about the request. */
export interface Ga4Event {
  readonly collected: Collected;
  readonly event: Message;
  /** Used where the event has none of its own. */
  readonly place: string;
  readonly received: number;
  /** The data stream the client named. */
  readonly stream: Message;
}

/** Told by cells and ids, or not kept: `user_data` is who a person is, hashed for Google's own matching. */
const apart: ReadonlySet<string> = new Set([
  ...['events', 'client_id', 'app_instance_id', 'user_id', 'timestamp_micros', 'user_properties', 'user_data'],
  ...['consent', 'validation_behavior'],
]);

export function ga4Rows({ collected, event, place, received, stream }: Ga4Event, words: Words): LiveRow[] {
  const { items, transaction_id, source, medium, campaign, content, term, ...params } = objectOf(event.params);
  const name = textOf(event.name);
  const products = (Array.isArray(items) ? items : []).filter(isObject).map(productOf);
  const said = {
    id: idOf(collected, name, textOf(transaction_id)) ?? place,
    word: meaning(name, words),
    ids: ga4Ids(collected),
    // Note: Google takes nothing older than 72 hours; here an event is never too old.
    time: event.timestamp_micros ?? collected.timestamp_micros,
    sent: undefined,
    received,
    properties: { ...params, order_id: transaction_id },
    beside: {
      ...Object.fromEntries(Object.entries(collected).filter(([key]) => !apart.has(key))),
      ...stream,
      source,
      medium,
      campaign,
      content,
      term,
      user_properties: userProperties(collected),
    },
    campaign: { source, medium, name: campaign, content, term },
    consent: consentOf(collected.consent),
  };
  return goodsRows(said, products);
}

/** The profile that a request's user properties tell. */
export function ga4Profile(collected: Collected): LiveRow | undefined {
  return profileRow(ga4Ids(collected), userProperties(collected));
}

/** The protocol's events have no ids, but a client's purchase is known by its transaction: sent again, it is the same. */
function idOf(collected: Collected, name: string, transaction: string): string | undefined {
  if (name !== 'purchase' || transaction === '') return undefined;
  const client = textOf(collected.client_id ?? collected.app_instance_id ?? collected.user_id);
  return `${name} ${client} ${transaction}`;
}

function ga4Ids(collected: Collected): Ids {
  return new IdSheet()
    .add('user', collected.user_id)
    .add('anonymous', collected.client_id)
    .add('anonymous', collected.app_instance_id)
    .traits(userProperties(collected))
    .done();
}

/** `{"tier": {"value": "gold"}}` as `{"tier": "gold"}`. */
function userProperties(collected: Collected): Message {
  const properties = Object.entries(objectOf(collected.user_properties));
  return Object.fromEntries(
    properties.map(([name, property]) => [name, isObject(property) ? property.value : property]),
  );
}

const levels = ['item_category', 'item_category2', 'item_category3', 'item_category4', 'item_category5'];

/** Note: a category is its path, as the contract writes it: `Apparel/Adult/Shirts`. */
function productOf(item: Message): Message {
  const { item_brand, ...rest } = item;
  const path = levels.map((level) => textOf(item[level]).trim()).filter((text) => text !== '');
  const others = Object.entries(rest).filter(([name]) => !levels.includes(name));
  return { ...Object.fromEntries(others), brand: item_brand, category_id: path.join('/') };
}
