import { readJson } from '../json.ts';
import { isObject } from '../props.ts';
import type { Asked, Front, Protocol, ProtocolRoute, Taken } from '../protocol.ts';
import { Refused } from '../protocol.ts';
import { legacyBody, legacyEvents } from './jitsu-legacy.ts';
import { familyRows } from './message.ts';
import { asObject, jsonBody, type Message, objectBody } from './message-json.ts';
import {
  jsonReply,
  type Most,
  messagesOf,
  pixelReply,
  queryMessage,
  refuseMore,
  taken,
  writeKeyOf,
} from './message-take.ts';

const most: Most = { body: 1024 * 1024, event: 1024 * 1024, events: 5000 };
const kinds: ReadonlySet<string> = new Set(['identify', 'track', 'page', 'screen', 'group', 'alias']);
const done = jsonReply({ ok: true });

/** Jitsu's addresses for browsers and servers, its pixel, and those of its first version. */
export const jitsu: Protocol = {
  id: 'jitsu',
  routes: [
    post('/api/s/s2s/batch', (asked) => take(asked, 'batch')),
    post('/api/s/batch', (asked) => take(asked, 'batch')),
    post('/api/s/:type', takeTyped),
    post('/api/s/s2s/:type', takeTyped),
    { method: 'GET', path: '/api/px/:tp', most: 0, take: pixel },
    ...['/api/v1/event', '/api/v1/events', '/api/v1/s2s/event', '/api/v1/s2s/events'].map((path) => post(path, legacy)),
  ],
  rows: familyRows,
};

function post(path: string, take: ProtocolRoute['take']): ProtocolRoute {
  return { method: 'POST', path, most: most.body, key: (front) => jitsuKey(front, {}), take };
}

/** The path says what kind of message it is; `event` leaves that to the message. */
function takeTyped(asked: Asked): Taken {
  const type = asked.params.type ?? '';
  if (type === 'event') return take(asked, 'track');
  if (!kinds.has(type)) throw new Refused('shape', `There is no kind of message ${JSON.stringify(type.slice(0, 40))}.`);
  return take(asked, type);
}

function take(asked: Asked, kind: string): Taken {
  const body = objectBody(asked.body);
  const messages = messagesOf(body, kind);
  refuseMore(asked, messages, most);
  return taken(jitsuKey(asked, body), messages.length, kind, asked.body, done);
}

/** `X-Write-Key: id:secret` in whole. The client puts a key with its secret hidden into the body: that is no key. */
function jitsuKey(asked: Front, body: Message): string | undefined {
  const masked = typeof body.writeKey === 'string' && body.writeKey.includes('***');
  const told = [asked.header('x-write-key'), asked.header('x-auth-token'), asked.query.get('token')];
  return told.find((key) => key) ?? writeKeyOf(asked, masked ? {} : body);
}

/** A pixel's message stands in its query, as `data` (JSON in base64) or field by field. */
function pixel(asked: Asked): Taken {
  const { tp = 'track' } = asked.params;
  const type = tp.replace(/\.gif$/, '');
  const data = readJson(Buffer.from(asked.query.get('data') ?? '', 'base64').toString('utf8'));
  const message = isObject(data) ? data : queryMessage(asked.query, type);
  const kind = kinds.has(type) ? type : 'track';
  return taken(jitsuKey(asked, message), 1, kind, Buffer.from(JSON.stringify(message)), pixelReply);
}

/** The first version's events are kept as the messages they mean, which the family then reads. */
function legacy(asked: Asked): Taken {
  const body = jsonBody(asked.body);
  const events = legacyEvents(body);
  refuseMore(asked, events, most);
  const key = jitsuKey(asked, isObject(body) ? body : {}) ?? legacyKey(asked, events);
  return taken(key, events.length, 'batch', legacyBody(asObject({ batch: events })), jsonReply({ status: 'ok' }));
}

function legacyKey(asked: Asked, events: readonly Message[]): string | undefined {
  const told = [
    asked.query.get('api_key'),
    events.map((event) => event.api_key).find((key) => typeof key === 'string'),
  ];
  return told.find((key): key is string => typeof key === 'string' && key !== '');
}
