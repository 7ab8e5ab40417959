import { readJson } from '../json.ts';
import { isObject } from '../props.ts';
import {
  type Answered,
  type Asked,
  type Front,
  type LiveRow,
  type Protocol,
  Refused,
  type Taken,
  type Unreadable,
} from '../protocol.ts';
import { type Collected, ga4Profile, ga4Rows } from './ga4-event.ts';
import { validationOf } from './ga4-validation.ts';
import { rawOf } from './message-json.ts';

/** The protocol's own limits: events of a request, bytes of its body. */
const most = { events: 25, bytes: 130 * 1024 };

/** Google Analytics 4 Measurement Protocol: the secret of the data stream is the source's key. */
export const ga4: Protocol = {
  id: 'ga4',
  routes: [
    { method: 'POST', path: '/mp/collect', most: most.bytes, key: keyOf, take },
    { method: 'POST', path: '/debug/mp/collect', most: most.bytes, key: keyOf, take: validate },
  ],
  *rows({ place, entry: { head, body, received } }, words): Generator<LiveRow | Unreadable> {
    const collected = readJson(body.toString('utf8'));
    if (!isCollected(collected)) return;
    for (const [index, event] of collected.events.entries())
      if (isObject(event) && typeof event.name === 'string')
        yield* ga4Rows({ collected, event, place: `${place}.${index}`, received, stream: head }, words);
      else yield { unreadable: 'shape', raw: rawOf(event) };
    const profile = ga4Profile(collected);
    if (profile) yield profile;
  },
};

function keyOf(front: Front): string | undefined {
  return front.query.get('api_secret') ?? undefined;
}

/** Note: Google answers 2xx to everything and drops what it cannot read; here what is not kept is not acknowledged. */
function take(asked: Asked): Taken {
  const collected = readJson(asked.body.toString('utf8'));
  if (collected === undefined) throw new Refused('json', 'The body is not JSON.');
  if (!isCollected(collected)) throw new Refused('shape', 'The body is not a JSON object with a list `events`.');
  const { length } = collected.events;
  if (length > most.events)
    throw new Refused('too_many', `The request has ${length} events; the protocol allows ${most.events}.`);
  return {
    kind: 'taken',
    key: keyOf(asked),
    events: length,
    head: streamOf(asked.query),
    body: asked.body,
    reply: { status: 204 },
  };
}

/** The data stream that the client names. */
function streamOf(query: URLSearchParams): Record<string, string> {
  const names = ['measurement_id', 'firebase_app_id'].filter((name) => query.has(name));
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? '']));
}

/** What is wrong with a request, as Google's validation server tells it; nothing is kept. */
function validate(asked: Asked): Answered {
  const validationMessages = validationOf(readJson(asked.body.toString('utf8')), most.events);
  const headers = { 'content-type': 'application/json' };
  return { kind: 'answered', reply: { status: 200, headers, body: JSON.stringify({ validationMessages }) } };
}

function isCollected(value: unknown): value is Collected {
  return isObject(value) && Array.isArray(value.events);
}
