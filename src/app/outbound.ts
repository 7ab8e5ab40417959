import { lookup as resolveName } from 'node:dns/promises';
import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { InputError, UnavailableError } from '../base/errors.ts';
import { type FaultValue, say } from '../base/faults/say.ts';

const MOST_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** What the other side said; its text is cut at 64 KB. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Letter {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the sending early. */
  readonly signal?: AbortSignal;
}

/** The one way in which the product sends anything to an address that a user has given. */
export interface Outbound {
  /** Refuses an address that may not be sent to, as far as that shows without asking for its name. */
  check(url: string): void;
  post(url: string, letter: Letter): Promise<Reply>;
}

export interface OutboundOptions {
  /** `host` or `host:port` that may be sent to wherever it lies, also by plain http. */
  readonly allow: readonly string[];
  /** Addresses of a name; the system's own when absent. */
  resolve?(name: string): Promise<readonly string[]>;
  /** Certificate authorities to trust beside the system's. */
  readonly ca?: string;
}

/** IPv4 that is not the open internet: IANA's registry of special addresses, cloud metadata and multicast. */
const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(net, bits, 'ipv4');

/** IPv6 of the open internet is 2000::/3 but for tunnels and documentation; mapped and local addresses lie outside it. */
const open6 = new BlockList();
open6.addSubnet('2000::', 3, 'ipv6');
const closed6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed6.addSubnet(net, bits, 'ipv6');

/** Whether an address is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}

function refused({ host }: URL, why: FaultValue): InputError {
  return new InputError('outbound_refused', say('outbound.refused', { host, why }));
}

export function openOutbound(options: OutboundOptions): Outbound {
  const allowed = new Set(options.allow.map((each) => each.toLowerCase()));
  const isAllowed = (url: URL) => allowed.has(url.hostname) || allowed.has(`${url.hostname}:${portOf(url)}`);
  const check = (text: string): URL => {
    const url = parsed(text);
    if (isAllowed(url)) return url;
    if (url.protocol !== 'https:') throw refused(url, say('outbound.plain'));
    const port = portOf(url);
    if (port !== 443 && port !== 80 && port < 1024) throw refused(url, say('outbound.port', { port }));
    const literal = bare(url.hostname);
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw refused(url, say('outbound.closed'));
    return url;
  };
  return {
    check: (text) => void check(text),
    post: async (text, letter) => {
      const url = check(text);
      const address = await pinned(url, options, isAllowed(url));
      return send(url, address, letter, options.ca);
    },
  };
}

function parsed(text: string): URL {
  if (!URL.canParse(text)) throw new InputError('outbound_url', say('outbound.url'));
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new InputError('outbound_url', say('outbound.scheme', { scheme: url.protocol }));
  if (url.username !== '' || url.password !== '') throw new InputError('outbound_url', say('outbound.password'));
  return url;
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** Without the brackets of IPv6. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** The address a letter goes to: found once, so that a name cannot mean another one when the connection is made. */
async function pinned(url: URL, { resolve = systemAddresses }: OutboundOptions, isAllowed: boolean): Promise<string> {
  const host = bare(url.hostname);
  const addresses = isIP(host) === 0 ? await resolved(url, () => resolve(host)) : [host];
  const [first] = addresses;
  if (first === undefined) throw unreachable(url, say('outbound.noAddress'));
  if (!isAllowed && !addresses.every(isPublicAddress)) throw refused(url, say('outbound.closedName'));
  return first;
}

async function systemAddresses(name: string): Promise<readonly string[]> {
  return (await resolveName(name, { all: true })).map(({ address }) => address);
}

async function resolved(url: URL, ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await ask();
  } catch (error) {
    throw unreachable(url, say('outbound.notFound'), error);
  }
}

function unreachable({ host }: URL, why: FaultValue, cause?: unknown): UnavailableError {
  return new UnavailableError('outbound_unreachable', say('outbound.unreachable', { host, why }), { cause });
}

/**
 * Looks a host's name up for a connection, and gives no address that is not of the open internet, unless the host is
 * allowed: whatever the name means at that moment is checked.
 */
export function publicLookup(url: URL, allow: readonly string[]): LookupFunction {
  const isAllowed = allow.some((each) => [url.hostname, `${url.hostname}:${portOf(url)}`].includes(each.toLowerCase()));
  return (name, { all }, found) => {
    resolveName(name, { all: true }).then(
      (addresses) => {
        const [first] = addresses;
        const isOpen = isAllowed || addresses.every(({ address }) => isPublicAddress(address));
        if (!first || !isOpen) return found(refused(url, say('outbound.closedName')), '');
        if (all) found(null, addresses);
        else found(null, first.address, first.family);
      },
      (error: Error) => found(error, ''),
    );
  };
}

/** Note: neither request follows a redirect, and without an agent no connection is used twice. */
function send(url: URL, address: string, letter: Letter, ca?: string): Promise<Reply> {
  const family = isIP(address);
  const lookup: LookupFunction = (_, { all }, found) =>
    all ? found(null, [{ address, family }]) : found(null, address, family);
  const limit = AbortSignal.timeout(MOST_MS);
  const signal = letter.signal ? AbortSignal.any([letter.signal, limit]) : limit;
  const headers = { ...letter.headers, 'content-length': String(Buffer.byteLength(letter.body)) };
  const options = { method: 'POST', headers, lookup, signal, agent: false, ...(ca ? { ca } : {}) } as const;
  return new Promise((resolve, reject) => {
    const failed = (error: Error & { code?: string }) =>
      reject(unreachable(url, limit.aborted ? say('outbound.silent') : (error.code ?? error.message), error));
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    request.on('error', failed);
    answered(request, resolve, failed);
    request.end(letter.body);
  });
}

function answered(request: ClientRequest, resolve: (reply: Reply) => void, failed: (error: Error) => void): void {
  request.on('response', (response) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const done = () =>
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).subarray(0, MOST_BYTES).toString() });
    response.on('data', (piece: Buffer) => {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes < MOST_BYTES) return;
      done();
      request.destroy();
    });
    response.on('end', done);
    response.on('error', failed);
  });
}
