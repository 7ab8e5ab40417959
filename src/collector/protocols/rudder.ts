import type { Asked, Protocol, Reply, Taken } from '../protocol.ts';
import { familyRows } from './message.ts';
import { objectBody } from './message-json.ts';
import {
  keyBeside,
  type Most,
  messagesOf,
  pixelReply,
  queryMessage,
  refuseMore,
  taken,
  writeKeyOf,
} from './message-take.ts';

const most: Most = { body: 4000 * 1024, event: 4000 * 1024, events: 20_000 };
const done: Reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' };

/** RudderStack's addresses beside those it shares with Segment: merging ids, beacons, pixels. */
export const rudder: Protocol = {
  id: 'rudder',
  routes: [
    { method: 'POST', path: '/v1/merge', most: most.body, key: keyBeside, take: (asked) => take(asked, 'merge') },
    {
      method: 'POST',
      path: '/beacon/v1/batch',
      most: most.body,
      key: keyBeside,
      take: (asked) => take(asked, 'batch'),
    },
    { method: 'GET', path: '/pixel/v1/track', most: 0, key: keyBeside, take: (asked) => pixel(asked, 'track') },
    { method: 'GET', path: '/pixel/v1/page', most: 0, key: keyBeside, take: (asked) => pixel(asked, 'page') },
  ],
  rows: familyRows,
};

function take(asked: Asked, kind: string): Taken {
  const body = objectBody(asked.body);
  const messages = messagesOf(body, kind);
  refuseMore(asked, messages, most);
  return taken(writeKeyOf(asked, body), messages.length, kind, asked.body, done);
}

/** A pixel's message stands in its query; the log keeps it as the JSON a client would have sent. */
function pixel(asked: Asked, type: string): Taken {
  const body = Buffer.from(JSON.stringify(queryMessage(asked.query, type)));
  return taken(writeKeyOf(asked, {}), 1, type, body, pixelReply);
}
