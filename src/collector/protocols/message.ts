import { readTime } from '../clock.ts';
import type { Placed } from '../entry.ts';
import { readJson } from '../json.ts';
import { isObject, objectOf, textOf } from '../props.ts';
import type { LiveRow, Unreadable } from '../protocol.ts';
import { meaning, type Word, type Words } from '../words.ts';
import { contextConsent } from './message-consent.ts';
import { saidRows } from './message-event.ts';
import { messageIds, shortId } from './message-ids.ts';
import { type Message, rawOf } from './message-json.ts';
import { profileRow } from './message-profile.ts';

/** What a request says about each of its messages. */
export interface Carried {
  readonly received: number;
  /** The client's clock when it sent the request. */
  readonly sent: number | undefined;
  /** Place of the request in the log. */
  readonly place: string;
}

/** The kinds of message the family has, and what each is in the contract; a track by its own event's name. */
const behaviors: Readonly<Record<string, string>> = {
  identify: 'identify',
  page: 'page_view',
  screen: 'page_view',
  group: 'group',
  alias: 'alias',
  merge: 'alias',
};

/** Parts of a message that are told otherwise than as props, or are about the transport alone. */
const apart: ReadonlySet<string> = new Set([
  ...['type', 'event', 'messageId', 'userId', 'anonymousId', 'previousId', 'mergeProperties', 'properties', 'traits'],
  ...['context', 'integrations', 'writeKey', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt', '_metadata'],
]);

/** The rows of a message of the Segment family (Segment, RudderStack, Jitsu), by its place in the request. */
export function* messageRows(
  message: unknown,
  nth: number,
  carried: Carried,
  words: Words,
): Iterable<LiveRow | Unreadable> {
  const word = isObject(message) ? wordOf(message, words) : undefined;
  if (!isObject(message) || word === undefined) {
    yield { unreadable: 'shape', raw: rawOf(message) };
    return;
  }
  const context = objectOf(message.context);
  const ids = messageIds(message);
  yield* saidRows({
    id: shortId(message.messageId) || `${carried.place}.${nth}`,
    word,
    ids,
    time: message.timestamp ?? message.originalTimestamp,
    sent: carried.sent,
    received: carried.received,
    properties: objectOf(message.properties),
    beside: besideOf(message, context),
    campaign: context.campaign,
    consent: contextConsent(context),
  });
  if (message.type !== 'identify') return;
  const profile = profileRow(ids, traitsOf(message));
  if (profile) yield profile;
}

/** When the client sent a request: of the whole of it, else as its first message says that does. */
export function sentTime(request: Message, messages: readonly unknown[]): number | undefined {
  const whole = readTime(request.sentAt);
  if (whole !== undefined) return whole;
  return messages.map((message) => readTime(objectOf(message).sentAt)).find((sent) => sent !== undefined);
}

/** A type may be left out where the message names an event. */
function wordOf(message: Message, words: Words): Word | undefined {
  const told = message.type ?? 'track';
  const type = typeof told === 'string' ? told.toLowerCase() : '';
  if (Object.hasOwn(behaviors, type)) return { behavior: behaviors[type] ?? type };
  const name = typeof message.event === 'object' ? '' : textOf(message.event).trim();
  return type === 'track' && name !== '' ? meaning(name, words) : undefined;
}

function besideOf(message: Message, context: Message): Message {
  const { consent: _, consentManagement: __, campaign, device, traits, ...shown } = context;
  const { id: ___, advertisingId: ____, ...model } = objectOf(device);
  return {
    ...Object.fromEntries(Object.entries(message).filter(([name]) => !apart.has(name))),
    ...(message.type === 'group' && { traits: message.traits }),
    context: {
      ...shown,
      ...(message.type !== 'identify' && { traits }),
      ...(isObject(device) && { device: model }),
      ...(isObject(campaign) && { campaign }),
    },
  };
}

/** RudderStack sends the traits of an identify in its context. */
function traitsOf(message: Message): Message {
  return { ...objectOf(objectOf(message.context).traits), ...objectOf(message.traits) };
}

/** The rows of a kept request of the family: its head names what its body is, which a message's own type outdoes. */
export function* familyRows({ entry, place }: Placed, words: Words): Iterable<LiveRow | Unreadable> {
  const value = readJson(entry.body.toString('utf8'));
  if (value === undefined) {
    yield { unreadable: 'json', raw: entry.body.toString('utf8') };
    return;
  }
  const { kind = 'track' } = entry.head;
  const request = objectOf(value);
  const listed = Array.isArray(value) ? value : request.batch;
  const messages: readonly unknown[] = kind === 'batch' && Array.isArray(listed) ? listed : [value];
  const carried = { received: entry.received, sent: sentTime(request, messages), place };
  for (const [nth, message] of messages.entries())
    yield* messageRows(
      kind !== 'batch' && isObject(message) ? { type: kind, ...message } : message,
      nth,
      carried,
      words,
    );
}
