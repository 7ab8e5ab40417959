import { bearerOf } from '../bearer.ts';
import { objectOf, textOf } from '../props.ts';
import type { Asked, Front, Reply, Taken } from '../protocol.ts';
import { Refused } from '../protocol.ts';
import { type Message, refuseLonger } from './message-json.ts';

/** Most that a request of the family may carry. */
export interface Most {
  /** Bytes of a body. */
  readonly body: number;
  /** Bytes of one event. */
  readonly event: number;
  readonly events: number;
}

/** Write key of a request: the user of Basic, the body's or the query's own, a bearer token. */
export function writeKeyOf(asked: Front, body: Message): string | undefined {
  const basic = /^Basic +([A-Za-z0-9+/_=-]+)\s*$/i.exec(asked.header('authorization') ?? '')?.[1];
  const user = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':')[0];
  const told = [user, body.writeKey, asked.query.get('writeKey'), asked.query.get('writekey'), bearerOf(asked)];
  return told.map((key) => (typeof key === 'string' ? key : '')).find((key) => key !== '');
}

/** The write key of a request where it stands outside its body. */
export const keyBeside = (front: Front): string | undefined => writeKeyOf(front, {});

/** The messages of a body: those of a batch, or the body itself as one. */
export function messagesOf(body: Message, kind: string): readonly unknown[] {
  if (kind !== 'batch') return [body];
  if (!Array.isArray(body.batch)) throw new Refused('json', 'The body has no list `batch`.');
  return body.batch;
}

/** Refuses what is more than a request may carry. */
export function refuseMore(asked: Asked, messages: readonly unknown[], most: Most): void {
  if (asked.body.length > most.body)
    throw new Refused('too_large', `The body has ${asked.body.length} bytes; it may have at most ${most.body}.`);
  if (messages.length > most.events)
    throw new Refused('too_many', `The batch has ${messages.length} events; it may have at most ${most.events}.`);
  refuseLonger(asked.body, messages, most.event);
}

/** A request of the family as it is kept; `kind` is what its address says its body is. */
export function taken(key: string | undefined, events: number, kind: string, body: Buffer, reply: Reply): Taken {
  return { kind: 'taken', key, events, head: { kind }, body, reply };
}

/** The fields of a query as a message: dots nest, `properties.price=1` is `{properties: {price: '1'}}`. */
export function queryMessage(query: URLSearchParams, type: string): Message {
  const message: Record<string, unknown> = { type };
  for (const [name, value] of query) if (!/^write_?key$/i.test(name)) nest(message, name.split('.').slice(0, 8), value);
  return message;
}

function nest(message: Record<string, unknown>, [name = '', ...path]: readonly string[], value: string): void {
  if (path.length === 0) {
    define(message, name, value);
    return;
  }
  const inner: Record<string, unknown> = { ...objectOf(Object.hasOwn(message, name) ? message[name] : undefined) };
  nest(inner, path, value);
  define(message, name, inner);
}

/** A field of any name, `__proto__` too. */
function define(message: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(message, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A transparent picture of one pixel, for requests that a page makes as an image. */
export const pixelReply: Reply = {
  status: 200,
  headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
  body: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
};

export function jsonReply(value: unknown): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: textOf(value) };
}
