import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Log, openLog } from '../log/log.ts';
import type { Asked, Protocol, ProtocolRoute, Taken } from '../protocol.ts';
import { Refused } from '../protocol.ts';
import { type Door, type DoorOptions, openDoor, type Source } from './door.ts';

const headerKey = (asked: Omit<Asked, 'body'>) => asked.header('x-key');

function taken(key: string | undefined, events: number, body: Buffer): Taken {
  const reply = { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'OK' };
  return { kind: 'taken', key, events, head: {}, body, reply };
}

function batch({ body }: Asked): { key?: string; batch: unknown[] } {
  let read: { key?: string; batch?: unknown };
  try {
    read = JSON.parse(body.toString());
  } catch {
    throw new Refused('json', 'The body is not JSON.');
  }
  if (!Array.isArray(read?.batch)) throw new Refused('shape', 'The body has no batch.');
  if (read.batch.length > 50) throw new Refused('too_many', 'A batch has 50 events at most.');
  return { ...read, batch: read.batch };
}

const routes: readonly ProtocolRoute[] = [
  {
    method: 'POST',
    path: '/v1/batch',
    most: 10_000,
    key: headerKey,
    take: (asked) => taken(headerKey(asked), batch(asked).batch.length, asked.body),
  },
  {
    method: 'POST',
    path: '/late',
    most: 10_000,
    take: (asked) => {
      const { key, batch: events } = batch(asked);
      return taken(key, events.length, asked.body);
    },
  },
  {
    method: 'GET',
    path: '/late',
    most: 10_000,
    take: ({ query }) => taken(query.get('key') ?? undefined, 1, Buffer.from(query.get('event') ?? '')),
  },
  {
    method: 'GET',
    path: '/v1/projects/:key/settings',
    most: 0,
    take: ({ params }) => ({ kind: 'answered', key: params.key, reply: { status: 200, body: '{"integrations":{}}' } }),
  },
  { method: 'GET', path: '/health', most: 0, take: () => ({ kind: 'answered', reply: { status: 204 } }) },
  {
    method: 'POST',
    path: '/faulty',
    most: 10_000,
    take: ({ body }) => {
      throw new Error(`cannot bear ${body}`);
    },
  },
  {
    method: 'GET',
    path: '/bad-header',
    most: 0,
    take: () => ({ kind: 'answered', reply: { status: 200, headers: { 'x-bad': 'two\nlines' }, body: 'x' } }),
  },
];

export const plain: Protocol = { id: 'plain', routes, rows: () => [] };

/** Another way to speak, whose clients expect refusals in another shape. */
export const other: Protocol = {
  id: 'other',
  routes: [
    {
      method: 'POST',
      path: '/other',
      most: 1000,
      key: headerKey,
      take: (asked) => taken(headerKey(asked), 1, asked.body),
    },
  ],
  refusal: (refusal, message) => ({
    status: refusal === 'full' ? 503 : 418,
    body: JSON.stringify({ refusal, message }),
  }),
  rows: () => [],
};

export const sources: Readonly<Record<string, Source>> = {
  'key-shop': { name: 'shop', enabled: true },
  'key-off': { name: 'off', enabled: false },
  'key-slow': { name: 'slow', enabled: true, perSecond: 2 },
  'key-whole:secret': { name: 'whole', enabled: true },
};

/** A door that listens, with a log of its own. */
export interface Station {
  readonly port: number;
  readonly door: Door;
  readonly log: Log;
  readonly server: Server;
  /** Lines that the door told. */
  readonly told: string[];
  close(): Promise<void>;
}

export async function station(options: Partial<DoorOptions> = {}): Promise<Station> {
  const dir = mkdtempSync(join(tmpdir(), 'qiancheng-door-'));
  const log = await openLog(dir);
  const told: string[] = [];
  const door = openDoor({
    protocols: [plain, other],
    keys: { find: (key) => (Object.hasOwn(sources, key) ? sources[key] : undefined) },
    log,
    now: () => new Date(1_700_000_000_000),
    tell: (line) => told.push(line),
    ...options,
  });
  const server = createServer((incoming, outgoing) => {
    if (!door.handle(incoming, outgoing)) outgoing.writeHead(404, { 'x-app': 'yes' }).end('the rest of the app');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    await door.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await log.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { port: (server.address() as AddressInfo).port, door, log, server, told, close };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Asks over a connection of its own. */
export function ask(port: number, { method = 'POST', path, headers = {}, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
      response.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** A bare connection: what is written goes out as it is, `until` gives all that came once it holds a text. */
export interface Wire {
  readonly socket: Socket;
  write(text: string | Buffer): void;
  until(pattern: RegExp): Promise<string>;
  closed: Promise<string>;
}

export function wire(port: number): Wire {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const waiting = new Set<() => void>();
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  const until = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (!pattern.test(text)) return;
        waiting.delete(look);
        resolve(text);
      };
      waiting.add(look);
      void closed.then(() => reject(new Error(`closed before ${pattern}: ${text}`)));
      look();
    });
  return { socket, write: (bytes) => void socket.write(bytes), until, closed };
}
