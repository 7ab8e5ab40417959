import { isObject, objectOf } from '../props.ts';
import type { Message } from './message-json.ts';

/** Names of the first version's events and the kinds of message they are. */
const types: Readonly<Record<string, string>> = {
  pageview: 'page',
  page: 'page',
  user_identify: 'identify',
  identify: 'identify',
};

/** Events of a body of Jitsu's first version: one, a list, or a list below `events` with what all have in `template`. */
export function legacyEvents(body: unknown): readonly Message[] {
  if (Array.isArray(body)) return body.filter(isObject);
  const request = objectOf(body);
  if (!Array.isArray(request.events)) return [request];
  return request.events.filter(isObject).map((event) => ({ ...objectOf(request.template), ...event }));
}

/** The batch of messages that a body of the first version means. */
export function legacyBody(body: Message): Buffer {
  const events = Array.isArray(body.batch) ? body.batch.map((event) => legacyMessage(objectOf(event))) : [];
  return Buffer.from(JSON.stringify({ batch: events }));
}

function legacyMessage(event: Message): Message {
  const {
    event_type,
    event_id,
    eventn_ctx_event_id,
    user,
    api_key: _,
    utc_time,
    _timestamp,
    ids: __,
    ...properties
  } = event;
  const { id, internal_id, anonymous_id, ...traits } = objectOf(user);
  const name = typeof event_type === 'string' ? event_type : '';
  const type = Object.hasOwn(types, name) ? types[name] : 'track';
  return {
    type,
    ...(type === 'track' && { event: name }),
    messageId: event_id ?? eventn_ctx_event_id,
    userId: internal_id ?? id,
    anonymousId: anonymous_id,
    ...(type === 'identify' ? { traits } : { context: { traits } }),
    properties,
    timestamp: utc_time ?? _timestamp,
  };
}
