import { readJson } from '../json.ts';
import { isObject, textOf } from '../props.ts';
import type { LiveRow } from '../protocol.ts';
import { meaning, type Words } from '../words.ts';
import { goodsRows } from './goods.ts';
import { IdSheet } from './message-ids.ts';
import type { Message } from './message-json.ts';

/** Whether a value is an event: the four attributes that every CloudEvent has. */
export function isCloudEvent(value: unknown): value is Message {
  if (!isObject(value)) return false;
  const has = (name: string) => typeof value[name] === 'string' && value[name] !== '';
  return has('id') && has('source') && has('type') && /^1\./.test(textOf(value.specversion));
}

/**
 * Rows of an event. Its data's fields are columns by the contract's names. `source` and `id` together are the event's
 * id: two producers may count alike.
 */
export function cloudEventRows(event: Message, received: number, words: Words): LiveRow[] {
  const { id, source, type, time, specversion: _, data: given, data_base64: base64, ...more } = event;
  const data = dataOf(given, base64);
  const fields = isObject(data) ? data : { data };
  const ids = new IdSheet();
  for (const [name, value] of Object.entries(fields)) {
    const idType = idTypeOf(name);
    if (idType !== undefined) ids.add(idType, value);
  }
  const { products: listed, ...others } = Object.fromEntries(
    Object.entries(fields).filter(([name]) => idTypeOf(name) === undefined),
  );
  const products = Array.isArray(listed) && listed.every(isObject) ? listed : [];
  const properties = products.length > 0 ? others : { ...others, products: listed };
  const said = {
    id: `${textOf(source)} ${textOf(id)}`,
    word: meaning(textOf(type), words),
    ids: ids.done(),
    time,
    sent: undefined,
    received,
    properties,
    beside: attributesOf({ source, type, ...more }, fields),
  };
  return goodsRows(said, products);
}

/** Attributes as props of their own names; as `ce.<name>` where the data has a field of the name. */
function attributesOf(attributes: Message, fields: Message): Message {
  const named = Object.entries(attributes).map(([name, value]) => [
    Object.hasOwn(fields, name) ? `ce.${name}` : name,
    value,
  ]);
  return Object.fromEntries(named);
}

function idTypeOf(name: string): string | undefined {
  return /^id_([a-z0-9_]{1,60})$/.exec(name)?.[1];
}

/** Base64 data that is JSON counts as the JSON. */
function dataOf(data: unknown, base64: unknown): unknown {
  if (data !== undefined || typeof base64 !== 'string') return data;
  return readJson(Buffer.from(base64, 'base64').toString('utf8')) ?? base64;
}
