import { setTimeout as pause } from 'node:timers/promises';
import RudderStack from '@rudderstack/rudder-sdk-node';
import { Analytics as Segment } from '@segment/analytics-node';
import { buildStructEvent, newTracker } from '@snowplow/node-tracker';
import { PostHog } from 'posthog-node';

/** A real client as its maker ships it; only its address, its key and its patience are set. */
export interface Client {
  /** Ids of so many new events. */
  make(events: number): readonly string[];
  /** Sends events that were made; gives the ids of those that the client says were delivered. */
  send(ids: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface Target {
  readonly url: string;
  readonly key: string;
  /** Unlike that of any other client: its events have it in their ids. */
  readonly number: number;
}

/** Events of one request at most. */
export const BATCH = 50;

/** Ids that repeat from one run to the next, as UUIDs for the clients that want them. */
function naming(number: number): (events: number) => string[] {
  let made = 0;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const next = () => `${hex(number, 8)}-0000-4000-8000-${hex(++made, 12)}`;
  return (events) => Array.from({ length: events }, next);
}

/** Somebody of a thousand, always the same for the same event. */
const userOf = (id: string): string => `u${Number.parseInt(id.slice(-6), 16) % 1000}`;

const delivered = async (waiting: readonly Promise<string | undefined>[]): Promise<string[]> =>
  (await Promise.all(waiting)).filter((id) => id !== undefined);

/** Every sixteenth event is an `identify`. */
function segment({ url, key, number }: Target): Client {
  const client = new Segment({ writeKey: key, host: url, maxRetries: 1, flushAt: BATCH, flushInterval: 20 });
  client.on('error', () => {});
  const one = (messageId: string) =>
    new Promise<string | undefined>((resolve) => {
      const heard = (error?: unknown) => resolve(error === undefined ? messageId : undefined);
      const userId = userOf(messageId);
      if (messageId.endsWith('f')) client.identify({ messageId, userId, traits: { gender: 'f' } }, heard);
      else client.track({ messageId, userId, event: 'Product Viewed', properties: { product_id: 'p1' } }, heard);
    });
  return {
    make: naming(number),
    send: (ids) => delivered(ids.map(one)),
    close: () => client.closeAndFlush({ timeout: 1000 }),
  };
}

function rudderStack({ url, key, number }: Target): Client {
  const options = { dataPlaneUrl: url, flushAt: BATCH, flushInterval: 20, retryCount: 1, logLevel: 'none' };
  const client = new RudderStack(key, { ...options, errorHandler: () => {} });
  const one = (messageId: string) =>
    new Promise<string | undefined>((resolve) => {
      const told = { messageId, userId: userOf(messageId), event: 'Product Added', properties: { product_id: 'p2' } };
      // Note: the client hands an error over where its types say that nothing is.
      const heard: (error?: unknown) => void = (error) => resolve(error === undefined ? messageId : undefined);
      client.track(told, heard);
    });
  return { make: naming(number), send: (ids) => delivered(ids.map(one)), close: async () => {} };
}

function postHog({ url, key, number }: Target): Client {
  const patience = { fetchRetryCount: 1, fetchRetryDelay: 100, requestTimeout: 10_000 };
  const client = new PostHog(key, { host: url, flushAt: 900, flushInterval: 0, ...patience });
  const heard = new Set<string>();
  client.on('flush', (messages: readonly { uuid?: string }[]) => {
    for (const { uuid } of messages) if (uuid !== undefined) heard.add(uuid);
  });
  client.on('error', () => {});
  return {
    make: naming(number),
    send: async (ids) => {
      heard.clear();
      // Note: what the network lost it keeps and sends again; what the server refused it forgets.
      await client.flush().catch(() => {});
      for (const uuid of ids.filter((id) => !heard.has(id)))
        client.capture({ distinctId: userOf(uuid), event: 'clicked', uuid });
      await client.flush().catch(() => {});
      return ids.filter((id) => heard.has(id));
    },
    close: async () => {},
  };
}

/** Note: it names its events itself, and keeps those that did not arrive. */
function snowplow({ url, key }: Target): Client {
  const heard: string[] = [];
  const onRequestSuccess = (batch: readonly Readonly<Record<string, unknown>>[]) =>
    void heard.push(...batch.map(({ eid }) => String(eid)));
  const tracker = newTracker(
    { namespace: 'torture', appId: key, encodeBase64: false },
    { endpoint: url, bufferSize: 10_000, onRequestSuccess },
  );
  return {
    make: (events) =>
      Array.from({ length: events }, (_, i) => {
        tracker.setUserId(`u${i}`);
        return String(tracker.track(buildStructEvent({ category: 'shop', action: 'look' }))?.eid);
      }),
    send: async () => {
      await tracker.flush();
      await pause(1); // it tells of what arrived in the next turn
      return heard.splice(0);
    },
    close: async () => {},
  };
}

/** Clients by the name of the source that is theirs. */
export const clients = { segment, rudderstack: rudderStack, posthog: postHog, snowplow } as const;
export type ClientName = keyof typeof clients;
export const clientNames = Object.keys(clients) as readonly ClientName[];
