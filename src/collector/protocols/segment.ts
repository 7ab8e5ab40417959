import type { Answered, Asked, Protocol, ProtocolRoute, Refusal, Reply, Taken } from '../protocol.ts';
import { familyRows } from './message.ts';
import { asObject, jsonBody, type Message, objectBody } from './message-json.ts';
import { jsonReply, keyBeside, type Most, messagesOf, refuseMore, taken, writeKeyOf } from './message-take.ts';
import { settings } from './segment-settings.ts';

/** As Segment's HTTP API states them. */
const segmentMost: Most = { body: 500 * 1024, event: 32 * 1024, events: 2500 };
/** As RudderStack's gateway has them: it limits requests alone. */
const rudderMost: Most = { body: 4000 * 1024, event: 4000 * 1024, events: 20_000 };

/** The kinds of message, and the letter by which analytics.js names each in its addresses. */
const kinds = { identify: 'i', track: 't', page: 'p', screen: 's', group: 'g', alias: 'a', batch: 'b' } as const;

/**
 * Segment's HTTP API, which clients of RudderStack and of Jitsu's server side use at the same addresses. So a route
 * reads up to the larger limit, and what a request may carry is Segment's unless it comes from a RudderStack client.
 */
export const segment: Protocol = {
  id: 'segment',
  routes: [
    ...Object.entries(kinds).flatMap(([kind, letter]) => [route(`/v1/${kind}`, kind), route(`/v1/${letter}`, kind)]),
    route('/v1/import', 'batch'),
    { method: 'POST', path: '/v1/m', most: segmentMost.body, take: () => ({ kind: 'answered', reply: done }) },
    { method: 'GET', path: '/v1/projects/:key/settings', most: 0, take: settings },
  ],
  refusal,
  rows: familyRows,
};

const done = jsonReply({ success: true });
const rudderDone: Reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' };

function route(path: string, kind: string): ProtocolRoute {
  return { method: 'POST', path, most: rudderMost.body, key: keyBeside, take: (asked) => take(asked, kind) };
}

function take(asked: Asked, kind: string): Taken | Answered {
  const isRudder = fromRudder(asked);
  const body = kind === 'batch' ? batchBody(asked) : objectBody(asked.body);
  const messages = messagesOf(body, kind);
  refuseMore(asked, messages, isRudder ? rudderMost : segmentMost);
  return taken(writeKeyOf(asked, body), messages.length, kind, asked.body, isRudder ? rudderDone : done);
}

/** A batch is an object with its list, or the bare list. */
function batchBody(asked: Asked): Message {
  const value = jsonBody(asked.body);
  return asObject(Array.isArray(value) ? { batch: value } : value);
}

/**
 * RudderStack's clients name themselves, send the anonymous id as a header, or gzip what they send (Segment's do not);
 * its Node client is `analytics-node/3...`, Segment's `analytics-node-next/...`.
 */
function fromRudder(asked: Asked): boolean {
  const agent = asked.header('user-agent') ?? '';
  return (
    /rudder|^analytics-(node|python|go|ruby|php)\//i.test(agent) ||
    asked.header('anonymousid') !== undefined ||
    asked.header('content-encoding') === 'gzip'
  );
}

/** Segment's clients give up on 400 alone, at once; anything else in the fours they may send again. */
function refusal(refusal: Refusal, message: string): Reply {
  return { ...jsonReply({ success: false, code: refusal, message }), status: statuses[refusal] };
}

const statuses: Readonly<Record<Refusal, number>> = {
  key: 401,
  disabled: 404,
  json: 400,
  shape: 400,
  too_large: 400,
  too_many: 400,
  too_fast: 429,
  full: 503,
  slow: 408,
};
