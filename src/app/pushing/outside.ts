import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { InputError } from '../../base/errors.ts';
import type { Answer, Outside, Request } from '../../destinations/destination.ts';
import { DeliveryFault } from '../../destinations/fault.ts';
import { signed } from '../backup/signing.ts';
import { openOutbound, publicLookup } from '../outbound.ts';

const MOST_MS = 60_000;
const MOST_TEXT = 64 * 1024;
const none = Buffer.alloc(0);

export interface OutsideOptions {
  /** `host` or `host:port` that may be sent to wherever it lies, also by plain http. */
  readonly allow: readonly string[];
  readonly now: () => Date;
  /** Milliseconds that an answer may take. */
  readonly mostMs?: number;
}

/** Refuses an address that may not be sent to, as far as that shows without asking for its name. */
export function checkAddress(url: string, allow: readonly string[]): void {
  openOutbound({ allow }).check(url);
}

/** The guarded way out of deliveries: addresses of the open internet only, unless allowed; no redirect is followed. */
export function openOutside({ allow, now, mostMs = MOST_MS }: OutsideOptions): Outside {
  return {
    now,
    fetch: async (request) => {
      try {
        checkAddress(request.url, allow);
        return await send(request, allow, now(), mostMs);
      } catch (error) {
        if (error instanceof InputError) throw new DeliveryFault('stop', error.message);
        throw error;
      }
    },
  };
}

function send(
  { method, url: text, headers, body = none, signer }: Request,
  allow: readonly string[],
  at: Date,
  ms: number,
) {
  const url = new URL(text);
  const signature = signer ? signed({ method, url, body }, signer, at) : {};
  const limit = AbortSignal.timeout(ms);
  const options = {
    ...{ method, agent: false as const, signal: limit, lookup: publicLookup(url, allow) },
    headers: { ...headers, ...signature, 'content-length': String(body.length) },
  };
  return new Promise<Answer>((resolve, reject) => {
    const failed = (error: Error & { code?: string }) => reject(faultOf(error, url, limit.aborted));
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    request.on('error', failed);
    request.on('response', (response) => read(request, response).then(resolve, failed));
    request.end(body);
  });
}

/** Note: a refusal by the guard comes out of the look-up, in the shape of a connection's error. */
function faultOf(error: Error & { code?: string }, { host }: URL, isLate: boolean): Error {
  if (error instanceof InputError) return new DeliveryFault('stop', error.message);
  return new DeliveryFault('retry', `${host}: ${isLate ? 'no answer in time' : (error.code ?? error.message)}`);
}

async function read(request: ClientRequest, response: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= MOST_TEXT) break;
  }
  request.destroy();
  const headers = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(pieces).subarray(0, MOST_TEXT).toString('utf8'),
  };
}
