import { readJson } from '../json.ts';
import { isObject, textOf } from '../props.ts';
import {
  type Answered,
  type Asked,
  type LiveRow,
  type Protocol,
  Refused,
  type Reply,
  type Taken,
  type Unreadable,
} from '../protocol.ts';
import { rawOf } from './message-json.ts';
import { snowplowRows } from './snowplow-event.ts';

/** Trackers split what is larger than 1 MB; collectors drop what is larger than 2 MB. */
const most = { bytes: 2 * 1024 * 1024, query: 0, events: 10_000 };

/** How the events of an entry stand: a list of payload data, one as a query, data under a schema. */
type Form = 'payload' | 'query' | 'iglu';

/** Snowplow's tracker protocol and its webhook for self-describing JSON. */
export const snowplow: Protocol = {
  id: 'snowplow',
  routes: [
    { method: 'POST', path: '/com.snowplowanalytics.snowplow/tp2', most: most.bytes, take: payload },
    { method: 'GET', path: '/i', most: most.query, take: pixel },
    { method: 'GET', path: '/ice.png', most: most.query, take: pixel },
    { method: 'GET', path: '/r/tp2', most: most.query, take: redirect },
    { method: 'POST', path: '/com.snowplowanalytics.iglu/v1', most: most.bytes, take: iglu },
  ],
  *rows({ place, entry: { head, body, received } }, words): Generator<LiveRow | Unreadable> {
    const events = eventsOf(head.form as Form, head, body.toString('utf8')) ?? [];
    for (const [index, event] of events.entries()) {
      const request = { place: `${place}.${index}`, received, keyed: head.keyed === 'aid' };
      const rows = snowplowRows(event, request, words);
      if (rows) yield* rows;
      else yield { unreadable: 'shape', raw: rawOf(isObject(event) ? { ...event, aid: undefined } : event) };
    }
  },
};

function payload(asked: Asked): Taken {
  const events = eventsOf('payload', {}, asked.body.toString('utf8'));
  if (events === undefined) throw new Refused('json', 'The body is not JSON.');
  if (events.length > most.events)
    throw new Refused('too_many', `The payload has ${events.length} events; send at most ${most.events} at once.`);
  const [first] = events;
  const reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
  return taken(asked, { form: 'payload' }, isObject(first) ? first.aid : undefined, {
    events: events.length,
    reply,
  });
}

/** A picture of one transparent point, whatever the query holds: a page shows no broken image. */
function pixel(asked: Asked): Taken {
  const keyless = new URLSearchParams(asked.query);
  keyless.delete('key');
  const reply = { status: 200, headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' }, body: point };
  const body = Buffer.from(keyless.toString());
  return taken({ ...asked, body }, { form: 'query' }, asked.query.get('aid'), { events: 1, reply });
}

const point = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Note: a redirect to any address would let anybody's mail look like a link to this house. */
function redirect(): Answered {
  throw new Refused('shape', 'This collector does not redirect. Link to the page itself and track the click there.');
}

/** Data under a schema, for systems that cannot speak the tracker protocol. */
function iglu(asked: Asked): Taken {
  const head = { form: 'iglu', schema: asked.query.get('schema') ?? '', ...identityOf(asked.query) };
  const events = eventsOf('iglu', head, asked.body.toString('utf8'));
  if (events === undefined)
    throw new Refused('shape', 'Send self-describing JSON ({"schema", "data"}), or JSON with the schema in the query.');
  if (events.length > most.events)
    throw new Refused('too_many', `The body has ${events.length} events; send at most ${most.events} at once.`);
  const reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
  return taken(asked, head, asked.query.get('aid'), { events: events.length, reply });
}

/** Who did it, for a webhook whose data does not say. */
function identityOf(query: URLSearchParams): Record<string, string> {
  const names = ['uid', 'duid', 'nuid', 'tnuid'].filter((name) => query.has(name));
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? '']));
}

/** The key is the query's, or the application id, which trackers send with every event. */
function taken(
  asked: Asked,
  head: Record<string, string>,
  aid: unknown,
  rest: { events: number; reply: Reply },
): Taken {
  const key = asked.query.get('key');
  return {
    kind: 'taken',
    key: key ?? (textOf(aid) || undefined),
    head: { ...head, ...(key === null && { keyed: 'aid' }) },
    body: asked.body,
    ...rest,
  };
}

/** The events of a request as the tracker protocol has them; undefined for a body that holds none. */
function eventsOf(form: Form, head: Readonly<Record<string, string>>, text: string): readonly unknown[] | undefined {
  if (form === 'query') return [Object.fromEntries(new URLSearchParams(text))];
  const value = readJson(text);
  if (form === 'iglu') return webhookEvents(value, head);
  if (!isObject(value)) return Array.isArray(value) ? value : undefined;
  return Array.isArray(value.data) ? value.data : undefined;
}

function webhookEvents(value: unknown, head: Readonly<Record<string, string>>): readonly unknown[] | undefined {
  const { form: _, keyed: __, schema = '', ...identity } = head;
  const list = (Array.isArray(value) ? value : [value]).map((data: unknown) =>
    schema === '' ? data : { schema, data },
  );
  if (value === undefined || !list.every((each) => isObject(each) && typeof each.schema === 'string')) return undefined;
  return list.map((data) => ({ e: 'ue', ue_pr: { data, schema: 'unstruct_event' }, ...identity }));
}
