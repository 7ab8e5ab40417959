import { bearerOf } from '../bearer.ts';
import { readJson } from '../json.ts';
import {
  type Asked,
  type Front,
  type LiveRow,
  type Protocol,
  Refused,
  type Taken,
  type Unreadable,
} from '../protocol.ts';
import type { Words } from '../words.ts';
import { cloudEventRows, isCloudEvent } from './cloudevents-event.ts';
import { type Message, rawOf } from './message-json.ts';

const most = { bytes: 10 * 1024 * 1024, events: 10_000 };

/** How the events of a request stand, by its content type (HTTP binding 1.0.2, §3). */
type Mode = 'binary' | 'structured' | 'batch';

/** CloudEvents 1.0 over HTTP: one event in headers and body, one as JSON, or a list of them. */
export const cloudevents: Protocol = {
  id: 'cloudevents',
  routes: [{ method: 'POST', path: '/cloudevents', most: most.bytes, key: keyOf, take }],
  *rows({ entry: { head, body, received } }, words: Words): Generator<LiveRow | Unreadable> {
    const { mode = 'binary', ...headers } = head;
    for (const value of eventsOf(mode as Mode, headers, body))
      if (isCloudEvent(value)) yield* cloudEventRows(value, received, words);
      else yield { unreadable: 'shape', raw: rawOf(value) };
  },
};

function keyOf(front: Front): string | undefined {
  return bearerOf(front) ?? front.query.get('key') ?? undefined;
}

function take(asked: Asked): Taken {
  const mode = modeOf(asked.header('content-type') ?? '');
  const headers = mode === 'binary' ? attributeHeaders(asked) : {};
  const events = eventsOf(mode, headers, asked.body);
  if (events.length > most.events)
    throw new Refused('too_many', `The batch has ${events.length} events; send at most ${most.events} at once.`);
  const bad = events.flatMap((event, index) => (isCloudEvent(event) ? [] : [index]));
  if (mode !== 'batch' && bad.length > 0)
    throw new Refused('shape', 'This is no CloudEvent of version 1.0: it needs specversion, id, source and type.');
  const rejected = bad.map((event) => ({ event, reason: 'shape' }));
  return {
    kind: 'taken',
    key: keyOf(asked),
    events: events.length,
    head: { ...headers, mode },
    body: asked.body,
    reply: {
      status: 202,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ taken: events.length - bad.length, rejected }),
    },
  };
}

function modeOf(type: string): Mode {
  const format = /^application\/cloudevents(-batch)?(\+[a-z0-9.-]+)?\s*(;|$)/i.exec(type.trim());
  if (!format) return 'binary';
  if (format[2]?.toLowerCase() !== '+json' && format[2] !== undefined)
    throw new Refused('shape', `Events as ${type} are not read here; send application/cloudevents+json.`);
  return format[1] === undefined ? 'structured' : 'batch';
}

/** The headers that carry an event's attributes; `content-type` tells what its data is. */
function attributeHeaders(asked: Asked): Record<string, string> {
  const names = asked.headerNames().filter((name) => name.startsWith('ce-') || name === 'content-type');
  return Object.fromEntries(names.map((name) => [name, asked.header(name) ?? '']));
}

function eventsOf(mode: Mode, headers: Readonly<Record<string, string>>, body: Buffer): readonly unknown[] {
  if (mode === 'binary') return [fromHeaders(headers, body)];
  const value = readJson(body.toString('utf8'));
  if (value === undefined) throw new Refused('json', 'The body is not JSON; send events as JSON in UTF-8.');
  if (mode === 'structured') return [value];
  if (!Array.isArray(value)) throw new Refused('shape', 'A batch is a JSON list of events.');
  return value;
}

function fromHeaders(headers: Readonly<Record<string, string>>, body: Buffer): Message {
  const { 'content-type': datacontenttype, ...rest } = headers;
  const attributes = Object.entries(rest).map(([name, text]) => [name.slice('ce-'.length), unescaped(text)]);
  return {
    ...Object.fromEntries(attributes),
    ...(datacontenttype !== undefined && { datacontenttype }),
    ...dataOf(datacontenttype ?? 'application/json', body),
  };
}

/** Data as JSON where it is said to be; text that is UTF-8 as it stands; anything else in base64. */
function dataOf(type: string, body: Buffer): Message {
  if (body.length === 0) return {};
  const text = body.toString('utf8');
  if (/[/+]json\s*(;|$)/i.test(type)) {
    const data = readJson(text);
    if (data === undefined) throw new Refused('json', `The event's data is not JSON, though its content type says so.`);
    return { data };
  }
  return text.includes('\ufffd') ? { data_base64: body.toString('base64') } : { data: text };
}

/** Header values are percent-encoded, and sometimes in quotes (HTTP binding §3.1.3.2). */
function unescaped(text: string): string {
  const bare = /^"(.*)"$/.exec(text)?.[1]?.replace(/\\(.)/g, '$1') ?? text;
  return bare.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
