import { isObject, objectOf, textOf } from '../props.ts';
import type { LiveRow, Unreadable } from '../protocol.ts';
import { meaning, type Word, type Words } from '../words.ts';
import type { Carried } from './message.ts';
import { consentOf } from './message-consent.ts';
import { saidRows } from './message-event.ts';
import { IdSheet, type Ids, shortId } from './message-ids.ts';
import { type Message, rawOf } from './message-json.ts';
import { profileRow } from './message-profile.ts';

/** PostHog's own events and what they are in the contract. */
const behaviors: Readonly<Record<string, string>> = {
  $pageview: 'page_view',
  $screen: 'page_view',
  $identify: 'identify',
  $set: 'identify',
  $create_alias: 'alias',
  $merge_dangerously: 'alias',
  $groupidentify: 'group',
};

/** Properties that are told otherwise than as props, or are about the transport alone. */
const apart: ReadonlySet<string> = new Set([
  ...['token', 'api_key', 'distinct_id', 'alias', '$anon_distinct_id', '$user_id', '$device_id', '$set', '$consent'],
  ...['$ip', '$insert_id', '$ignore_sent_at'],
]);

/** The rows of one event of PostHog, by its place in the request. */
export function* posthogRows(
  value: unknown,
  nth: number,
  carried: Carried,
  words: Words,
): Iterable<LiveRow | Unreadable> {
  const event = isObject(value) ? value : {};
  const word = wordOf(event, words);
  if (word === undefined) {
    yield { unreadable: 'shape', raw: rawOf(value) };
    return;
  }
  const properties = objectOf(event.properties);
  const person = { ...objectOf(properties.$set), ...objectOf(event.$set) };
  const ids = idsOf(event, properties, person, word);
  const told = [event.uuid, properties.$insert_id, properties.uuid].map(shortId);
  yield* saidRows({
    id: told.find((id) => id !== '') ?? `${carried.place}.${nth}`,
    word,
    ids,
    time: timeOf(event, properties, carried.received),
    sent: ignoresSent(event, properties) ? undefined : carried.sent,
    received: carried.received,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !apart.has(name))),
    beside: besideOf(event),
    campaign: campaignOf(properties),
    consent: consentOf(properties.$consent),
  });
  const profile = profileRow(ids, ownTraits(person));
  if (profile) yield profile;
}

/** A person's properties beside identifiers; those by `$` are the client's own notes of browser and campaign. */
function ownTraits(person: Message): Message {
  return Object.fromEntries(Object.entries(person).filter(([name]) => !name.startsWith('$')));
}

/** `/engage` sends a person's properties without an event's name. */
function wordOf(event: Message, words: Words): Word | undefined {
  const engage = isObject(event.$set) || isObject(event.$set_once) ? '$set' : '';
  const name = typeof event.event === 'object' ? engage : textOf(event.event).trim() || engage;
  if (Object.hasOwn(behaviors, name)) return { behavior: behaviors[name] ?? name };
  return name === '' ? undefined : meaning(name, words);
}

/**
 * The two ids of an alias or an identify are one person, in whichever order a client gives them. A person of PostHog
 * is a `distinct_id`; `$user_id` is what the shop itself calls a known one. Note: `$device_id` stays the
 * same when somebody logs out, so it would make one person of all who use a browser.
 */
function idsOf(event: Message, properties: Message, person: Message, { behavior }: Word): Ids {
  const distinct = [event.distinct_id, properties.distinct_id, event.$distinct_id, properties.$distinct_id];
  const ids = new IdSheet();
  ids.add(
    'distinct',
    distinct.find((id) => textOf(id) !== ''),
  );
  ids.add('distinct', properties.$anon_distinct_id ?? event.$anon_distinct_id);
  if (behavior === 'alias') ids.add('distinct', properties.alias);
  return ids.add('user', properties.$user_id).traits(person).done();
}

/** By the event's timestamp, or by how many milliseconds before it was sent it happened. */
function timeOf(event: Message, properties: Message, received: number): unknown {
  const { timestamp, offset } = event;
  if (textOf(timestamp) !== '') return timestamp;
  if (typeof offset === 'number' && offset >= 0) return received - offset;
  return properties.timestamp ?? undefined;
}

function ignoresSent(event: Message, properties: Message): boolean {
  return (
    properties.$ignore_sent_at === true ||
    objectOf(event.options).disable_skew_correction === true ||
    (textOf(event.timestamp) === '' && typeof event.offset === 'number')
  );
}

function besideOf(event: Message): Message {
  const { $set_once, $groups, group, session_id, window_id } = event;
  return { $set_once, $groups, group, $session_id: session_id, $window_id: window_id };
}

function campaignOf(properties: Message): Message {
  const names = ['id', 'name', 'source', 'medium', 'term', 'content'];
  const name = (each: string) => (each === 'name' ? 'utm_campaign' : `utm_${each}`);
  return Object.fromEntries(names.map((each) => [each, properties[name(each)]]));
}
