import { gunzipSync } from 'node:zlib';
import { bearerOf } from '../bearer.ts';
import { readJson } from '../json.ts';
import { isObject, objectOf, textOf } from '../props.ts';
import { type Asked, Refused, type Reply, type Taken } from '../protocol.ts';
import { type Message, refuseLonger } from './message-json.ts';
import { jsonReply, pixelReply } from './message-take.ts';

/** As PostHog's capture service has them. */
export const posthogMost = { body: 20 * 1024 * 1024, event: 2 * 1024 * 1024 };

/** A request as its client meant it: its JSON, whatever it was wrapped in, and the key in it. */
interface Unwrapped {
  readonly json: Buffer;
  readonly value: unknown;
}

export function takeEvents(asked: Asked): Taken {
  const { json, value } = unwrapped(asked);
  const events = eventsOf(value);
  refuseLonger(json, events, posthogMost.event);
  const sent = asked.query.get('_');
  return {
    kind: 'taken',
    key: keyOf(asked, value, events),
    events: events.length,
    head: sent === null ? {} : { sent },
    body: json,
    reply: replyTo(asked),
  };
}

/** The newer address: the reply says of each event, by its uuid, that it was taken. */
export function takeAnswered(asked: Asked): Taken {
  const { json, value } = unwrapped(asked);
  const events = eventsOf(value);
  refuseLonger(json, events, posthogMost.event);
  const results = Object.fromEntries(events.map((event) => [textOf(objectOf(event).uuid), { result: 'ok' }]));
  return {
    kind: 'taken',
    key: bearerOf(asked) ?? keyOf(asked, value, events),
    events: events.length,
    head: {},
    body: json,
    reply: jsonReply({ results }),
  };
}

/** The events of a request: a list, a list below `batch`, or the one that it is. */
export function eventsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { batch } = objectOf(value);
  return Array.isArray(batch) ? batch : [value];
}

/**
 * The JSON of a request. Browsers send it gzipped without saying so in a header (`compression=gzip-js`), or as the
 * field `data` of a form or a query, in base64 or plain.
 */
function unwrapped({ body, query }: Asked): Unwrapped {
  const plain = isGzip(body) ? inflated(body) : body;
  const text = plain.toString('utf8');
  const field = query.get('data') ?? (/^\s*[{["]/.test(text) ? null : new URLSearchParams(text).get('data'));
  const json = field === null ? plain : dataField(field);
  const value = readJson(json.toString('utf8'));
  if (value === undefined || typeof value !== 'object' || value === null)
    throw new Refused('json', 'The body is not JSON: send an event, a list of events, or {"api_key", "batch"}.');
  return { json, value };
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

function inflated(body: Buffer): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: posthogMost.body });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refused('too_large', `The body unpacks to more than ${posthogMost.body} bytes.`);
    throw new Refused('json', 'The body begins as gzip and cannot be unpacked.');
  }
}

/** A query turns the `+` of base64 into blanks. */
function dataField(field: string): Buffer {
  if (/^\s*[{[]/.test(field)) return Buffer.from(field);
  const bytes = Buffer.from(field.replaceAll(' ', '+'), 'base64');
  return isGzip(bytes) ? inflated(bytes) : bytes;
}

function keyOf(asked: Asked, value: unknown, events: readonly unknown[]): string | undefined {
  const bodies = [objectOf(value), ...events.slice(0, 1).map(objectOf)];
  const told = [...bodies.flatMap(keysIn), asked.query.get('api_key'), asked.query.get('token'), bearerOf(asked)];
  return told.find((key): key is string => typeof key === 'string' && key !== '');
}

function keysIn(body: Message): unknown[] {
  const properties = isObject(body.properties) ? body.properties : {};
  return [body.api_key, body.token, body.$token, properties.token, properties.api_key];
}

function replyTo({ query }: Asked): Reply {
  if (query.get('beacon') === '1') return { status: 204 };
  return query.get('img') === '1' ? pixelReply : jsonReply({ status: 1 });
}
