import { readTime, timeProps } from '../clock.ts';
import { isObject, objectOf, textOf } from '../props.ts';
import type { LiveRow } from '../protocol.ts';
import { meaning, type Words } from '../words.ts';
import { goodsRows } from './goods.ts';
import { IdSheet, type Ids } from './message-ids.ts';
import type { Message } from './message-json.ts';
import { type Entity, entitiesOf, entityIds, goodsOf } from './snowplow-entities.ts';
import { snowplowProps } from './snowplow-fields.ts';
import { fieldJson, selfDescribing } from './snowplow-schema.ts';

/** What an event is about: its name in the vocabulary, and what it says. */
interface Subject {
  readonly name: string;
  readonly properties: Message;
}

/** What is known of an event's request. */
export interface SnowplowRequest {
  /** Of the event, used where it has no `eid`. */
  readonly place: string;
  readonly received: number;
  /** The application id is the source's key, and no prop. */
  readonly keyed: boolean;
}

/** Rows of one event of the tracker protocol; undefined for what is none. */
export function snowplowRows(event: unknown, request: SnowplowRequest, words: Words): LiveRow[] | undefined {
  const subject = isObject(event) ? subjectOf(event) : undefined;
  if (!isObject(event) || subject === undefined) return undefined;
  const entities = entitiesOf(event);
  const goods = goodsOf(entities);
  const { ttm, dtm, aid } = event;
  const sent = readTime(event.stm);
  const said = {
    id: textOf(event.eid).trim() || request.place,
    word: meaning(subject.name, words),
    ids: idsOf(event, entities),
    // The true time is by a clock that is known to be right.
    time: ttm ?? dtm,
    sent: ttm === undefined ? sent : undefined,
    received: request.received,
    properties: { ...goods.properties, ...subject.properties },
    beside: {
      ...snowplowProps(event),
      ...goods.beside,
      ...(!request.keyed && { app_id: aid }),
    },
    campaign: campaignOf(textOf(event.url)),
  };
  const times = timeProps({ sent, received: request.received });
  const rows = goodsRows(said, goods.products);
  return ttm === undefined ? rows : rows.map((row) => ({ ...row, props: { ...row.props, ...times } }));
}

/** By the letters of `e`: page view and ping, structured, self-describing, and the old transactions. */
function subjectOf(event: Message): Subject | undefined {
  switch (event.e) {
    case 'pv':
      return { name: 'page view', properties: {} };
    case 'pp':
      return { name: 'page ping', properties: {} };
    case 'se':
      return structured(event);
    case 'ue':
      return unstructured(event);
    case 'tr':
      return { name: 'transaction', properties: { order_id: event.tr_id, revenue: event.tr_tt } };
    case 'ti':
      return { name: 'transaction item', properties: item(event) };
    default:
      return typeof event.e === 'string' && event.e !== '' ? { name: event.e, properties: {} } : undefined;
  }
}

function structured({ se_ac, se_va }: Message): Subject | undefined {
  const name = textOf(se_ac).trim();
  return name === '' ? undefined : { name, properties: { value: se_va } };
}

/** Note: an item is no purchase of its own, its transaction is; the two may come in different requests. */
function item({ ti_id, ti_sk, ti_ca, ti_qu }: Message): Message {
  return { order_id: ti_id, item_id: ti_sk, category_id: ti_ca, quantity: ti_qu };
}

/** An event of e-commerce is called by its action, any other by its schema. */
function unstructured(event: Message): Subject | undefined {
  const told = selfDescribing(selfDescribing(fieldJson(event, 'ue_pr', 'ue_px'))?.data);
  if (told === undefined) return undefined;
  const data = isObject(told.data) ? told.data : { data: told.data };
  const { type, terms, ...rest } = data;
  if (told.name === 'snowplow_ecommerce_action') return { name: textOf(type), properties: { list: rest.name } };
  if (told.name === 'site_search' && Array.isArray(terms))
    return { name: told.name, properties: { ...rest, keyword: terms.map(textOf).join(' ') } };
  return { name: told.name, properties: { ...data, schema: told.schema } };
}

function idsOf(event: Message, entities: readonly Entity[]): Ids {
  const ids = new IdSheet()
    .add('user', event.uid)
    .add('anonymous', event.duid)
    .add('network', event.tnuid ?? event.nuid);
  return entityIds(ids, entities).done();
}

/** The campaign that a page's address names by its utm fields. */
function campaignOf(url: string): Message {
  if (!url.includes('utm_')) return {};
  const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
  const names = [...query.keys()].filter((name) => name.startsWith('utm_'));
  const fields = names.map((name) => [name.replace('utm_', '').replace('campaign', 'name'), query.get(name)]);
  return objectOf(Object.fromEntries(fields));
}
