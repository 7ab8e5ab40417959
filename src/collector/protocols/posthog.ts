import { readTime } from '../clock.ts';
import type { Placed } from '../entry.ts';
import { readJson } from '../json.ts';
import { objectOf } from '../props.ts';
import type { LiveRow, Protocol, ProtocolRoute, Unreadable } from '../protocol.ts';
import type { Words } from '../words.ts';
import { flags, noRecordings, refusal, remoteConfig, remoteScript } from './posthog-answers.ts';
import { posthogRows } from './posthog-event.ts';
import { eventsOf, posthogMost, takeAnswered, takeEvents } from './posthog-take.ts';

/** Addresses that PostHog's clients of all ages send events to. */
const addresses = ['/i/v0/e', '/e', '/capture', '/track', '/engage', '/batch'];

/** PostHog's capture API. */
export const posthog: Protocol = {
  id: 'posthog',
  routes: [
    ...addresses.flatMap((path): ProtocolRoute[] => [
      { method: 'POST', path, most: posthogMost.body, take: takeEvents },
      { method: 'GET', path, most: 0, take: takeEvents },
    ]),
    { method: 'POST', path: '/i/v1/analytics/events', most: posthogMost.body, take: takeAnswered },
    ...['/flags', '/decide'].flatMap((path): ProtocolRoute[] => [
      { method: 'POST', path, most: posthogMost.event, take: flags },
      { method: 'GET', path, most: 0, take: flags },
    ]),
    { method: 'GET', path: '/array/:key/config', most: 0, take: remoteConfig },
    { method: 'GET', path: '/array/:key/config.js', most: 0, take: remoteScript },
    { method: 'POST', path: '/s', most: posthogMost.body, take: noRecordings },
  ],
  refusal,
  rows,
};

function* rows({ entry, place }: Placed, words: Words): Iterable<LiveRow | Unreadable> {
  const value = readJson(entry.body.toString('utf8'));
  if (value === undefined) {
    yield { unreadable: 'json', raw: entry.body.toString('utf8') };
    return;
  }
  const request = objectOf(value);
  const sent = readTime(request.sent_at ?? request.created_at ?? entry.head.sent);
  const carried = { received: entry.received, sent: request.historical_migration === true ? undefined : sent, place };
  for (const [nth, event] of eventsOf(value).entries()) yield* posthogRows(event, nth, carried, words);
}
