import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { addressesOf } from '../../src/collector/door/routes.ts';
import type { Entry } from '../../src/collector/entry.ts';
import {
  type Answered,
  type Asked,
  type LiveRow,
  type Protocol,
  Refused,
  type Reply,
  type Taken,
  type Unreadable,
} from '../../src/collector/protocol.ts';
import type { Words } from '../../src/collector/words.ts';

/** A door in small: protocols' routes on a port of loopback, what they take kept in memory. */
export interface Harness {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly entries: readonly Entry[];
  /** Keys the requests carried, in their order. */
  readonly keys: readonly (string | undefined)[];
  /** Paths of what was kept, in their order. */
  readonly paths: readonly string[];
  /** `GET /path 404` for each request that no route knew or that was refused. */
  readonly refused: readonly string[];
  /** The rows of all that was taken; throws on a part that could not be read. */
  rows(words?: Words): LiveRow[];
  close(): Promise<void>;
}

export async function openHarness(protocols: readonly Protocol[], received = () => Date.now()): Promise<Harness> {
  const entries: Entry[] = [];
  const keys: (string | undefined)[] = [];
  const paths: string[] = [];
  const refused: string[] = [];
  const answer = (asked: Asked): Reply => {
    const found = routed(protocols, asked);
    if (!found) return { status: 404 };
    const taken = found.route.take({ ...asked, params: found.params, header: asked.header });
    if (taken.kind === 'answered') return taken.reply;
    keys.push(taken.key);
    paths.push(asked.path);
    if (taken.events > 0)
      entries.push({
        source: 'test',
        protocol: found.protocol.id,
        received: received(),
        head: taken.head,
        body: taken.body,
      });
    return taken.reply;
  };
  const server = createServer((request, response) => {
    void wholeBody(request).then((body) => {
      const asked = askedOf(request, body);
      const reply = answeredOr(() => answer(asked));
      if (reply.status >= 400) refused.push(`${asked.method} ${asked.path} ${reply.status}`);
      send(response, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    entries,
    keys,
    paths,
    refused,
    rows: (words = {}) => rowsOf(protocols, entries, words),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A request as a route gets it, for tests without a port. */
export function asked(
  method: string,
  address: string,
  { headers = {}, body = '' }: { headers?: Readonly<Record<string, string>>; body?: string | Buffer } = {},
): Asked {
  const url = new URL(address, 'http://127.0.0.1');
  return {
    method,
    path: url.pathname,
    params: {},
    query: url.searchParams,
    header: (name) => headers[name],
    headerNames: () => Object.keys(headers),
    body: Buffer.from(body),
  };
}

/** The protocol and route that a request goes to, with the parts of its path. */
export function routed(protocols: readonly Protocol[], { method, path }: Asked) {
  const address = addressesOf(protocols)(path);
  const found = address?.byMethod.get(method);
  return found && { ...found, params: address?.params ?? {} };
}

/** What the route of a request says to it; throws where there is none. */
export function ask(protocols: readonly Protocol[], request: Asked): Taken | Answered {
  const found = routed(protocols, request);
  if (!found) throw new Error(`No route takes ${request.method} ${request.path}.`);
  return found.route.take({ ...request, params: found.params });
}

/** The rows of one request as if it had been kept as the log's first. */
export function told(
  protocols: readonly Protocol[],
  request: Asked,
  { received = 0, words = {} }: { received?: number; words?: Words } = {},
): (LiveRow | Unreadable)[] {
  const taken = ask(protocols, request);
  const protocol = routed(protocols, request)?.protocol;
  if (taken.kind !== 'taken' || !protocol) return [];
  const { head, body } = taken;
  const entry = { source: 'test', protocol: protocol.id, received, head, body };
  return [...protocol.rows({ entry, place: '1.0' }, words)];
}

function rowsOf(protocols: readonly Protocol[], entries: readonly Entry[], words: Words): LiveRow[] {
  return entries.flatMap((entry, index) => {
    const protocol = protocols.find(({ id }) => id === entry.protocol);
    return [...(protocol?.rows({ entry, place: `1.${index}` }, words) ?? [])].map((row) => {
      if ('unreadable' in row) throw new Error(`unreadable ${row.unreadable}: ${row.raw}`);
      return row;
    });
  });
}

async function wholeBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

function askedOf(request: IncomingMessage, body: Buffer): Asked {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  return {
    method: request.method ?? '',
    path: url.pathname,
    params: {},
    query: url.searchParams,
    header,
    headerNames: () => Object.keys(request.headers),
    body,
  };
}

function answeredOr(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refused) return { status: 400, body: error.message };
    return { status: 500, body: String(error) };
  }
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}
