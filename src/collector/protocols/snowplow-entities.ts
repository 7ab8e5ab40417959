import { isObject, textOf } from '../props.ts';
import type { IdSheet } from './message-ids.ts';
import type { Message } from './message-json.ts';
import { fieldJson, type SelfDescribing, selfDescribing } from './snowplow-schema.ts';

/** What an event is attached to (a "context"): a product, a user, a page. */
export type Entity = SelfDescribing;

/** The entities of an event, in their order. */
export function entitiesOf(event: Message): Entity[] {
  const told = selfDescribing(fieldJson(event, 'co', 'cx'));
  const list = Array.isArray(told?.data) ? told.data : [];
  return list.map(selfDescribing).filter((entity) => entity !== undefined);
}

/** Identifiers that entities tell of the person: a shop's user, the advertising ids of a phone, an app's installation. */
export function entityIds(ids: IdSheet, entities: readonly Entity[]): IdSheet {
  for (const { name, data } of entities) {
    if (!isObject(data)) continue;
    if (name === 'user') ids.add('user', data.id).traits(data);
    if (name === 'client_session') ids.add('anonymous', data.userId);
    if (name === 'mobile_context')
      ids.add('idfa', granted(data.appleIdfa)).add('device', data.appleIdfv).add('gaid', granted(data.androidIdfa));
  }
  return ids;
}

/** An advertising id is all zeros where its owner does not grant it. */
const granted = (value: unknown) => (/[^0-]/.test(textOf(value)) ? value : undefined);

/** Products, order and money of an event, and what else its entities say. */
export interface Goods {
  readonly products: readonly Message[];
  readonly properties: Message;
  readonly beside: Message;
}

/** Fields of entities that are identifiers and so no props. */
const identifying: Readonly<Record<string, readonly string[]>> = {
  user: ['id', 'email'],
  client_session: ['userId'],
  mobile_context: ['appleIdfa', 'appleIdfv', 'androidIdfa'],
};

export function goodsOf(entities: readonly Entity[]): Goods {
  const products: Message[] = [];
  const properties: Record<string, unknown> = {};
  const beside = new Map<string, unknown[]>();
  for (const { name, data } of entities) {
    const fields = isObject(data) ? data : { data };
    if (name === 'product') products.push(productOf(fields));
    else {
      const { rest, taken } = partsOf(name, fields);
      Object.assign(properties, taken);
      beside.set(name, [...(beside.get(name) ?? []), rest]);
    }
  }
  const named = [...beside].map(([name, list]) => [name, list.length === 1 ? list[0] : list]);
  return { products, properties, beside: Object.fromEntries(named) };
}

function productOf({ id, ...rest }: Message): Message {
  return { item_id: id, ...rest };
}

function partsOf(name: string, fields: Message): { taken: Message; rest: Message } {
  const { transaction_id, revenue, refund_amount, id, ...rest } = fields;
  if (name === 'transaction') return { taken: { order_id: transaction_id, revenue }, rest };
  if (name === 'refund') return { taken: { order_id: transaction_id, refund_amount }, rest };
  if (name === 'promotion') return { taken: { campaign_id: textOf(id) }, rest };
  const hidden = identifying[name] ?? [];
  return { taken: {}, rest: Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.includes(field))) };
}
