import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Protocol, Refusal, Reply } from '../protocol.ts';

const statuses: Readonly<Record<Refusal, readonly [status: number, title: string]>> = {
  key: [401, 'The write key is not known'],
  disabled: [404, 'The source is switched off'],
  json: [400, 'The body is not JSON'],
  shape: [400, 'The request is wrong'],
  too_large: [413, 'Too large'],
  too_many: [413, 'Too many events'],
  too_fast: [429, 'Too many requests'],
  full: [503, 'Try again later'],
  slow: [408, 'Too slow'],
};

/** The reply to a refused request: the protocol's own shape, or problem details (RFC 9457). */
export function refusalReply(
  protocol: Protocol,
  refusal: Refusal,
  message: string,
  retrySeconds: number | undefined,
): Reply {
  const reply = protocol.refusal?.(refusal, message) ?? problem(refusal, message);
  return { ...reply, headers: { ...reply.headers, ...retryHeaders(reply.status, retrySeconds) } };
}

function problem(refusal: Refusal, detail: string): Reply {
  const [status, title] = statuses[refusal];
  return problemReply(status, refusal, title, detail);
}

const MOST_RETRY_SECONDS = 30;

/** Both headers say seconds from now: `X-RateLimit-Reset` as the browser's client reads it. */
function retryHeaders(status: number, seconds = 1): Record<string, string> {
  if (status !== 429 && status !== 503) return {};
  const text = String(Math.min(MOST_RETRY_SECONDS, Math.max(1, seconds)));
  return { 'retry-after': text, ...(status === 429 ? { 'x-ratelimit-reset': text } : {}) };
}

/** The reply to a fault of our own: it says nothing of what was sent. */
export const faultReply = problemReply(
  500,
  'internal',
  'A fault of the product',
  'The request was not kept: send it again later.',
);

export function methodReply(methods: readonly string[]): Reply {
  const allow = [...methods, 'OPTIONS'].join(', ');
  const { body, headers } = problemReply(405, 'method', 'Method not allowed', `This address takes ${allow}.`);
  return { status: 405, headers: { ...headers, allow }, ...(body === undefined ? {} : { body }) };
}

function problemReply(status: number, code: string, title: string, detail: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title, status, code, detail }),
  };
}

/** What a browser asks before it sends from another site: every site may send, the key says whose it is. */
export function preflightReply(request: IncomingMessage, methods: readonly string[]): Reply {
  const asked = request.headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': [...methods, 'OPTIONS'].join(', '),
      'access-control-max-age': '7200',
      ...(asked && printable(asked) ? { 'access-control-allow-headers': asked } : {}),
    },
  };
}

const printable = (text: string): boolean => /^[\x20-\x7e]{1,2000}$/.test(text);

/**
 * Sends a reply. Where it goes out before the request is whole, the rest of that is read and thrown away for so long:
 * a connection that is cut while its client still sends would take the reply with it.
 */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply, lingerMs: number): void {
  response.on('error', () => {});
  write(request, response, reply);
  if (request.complete) return;
  request.resume();
  const cut = setTimeout(() => request.socket.destroy(), lingerMs);
  request.once('close', () => clearTimeout(cut));
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply): void {
  const { origin } = request.headers;
  const isMirrored = origin !== undefined && printable(origin);
  const empty = status === 204 || status === 304;
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Origin',
    'access-control-expose-headers': 'retry-after, x-ratelimit-reset',
    ...(isMirrored ? { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' } : {}),
    ...(body === undefined || empty ? {} : { 'content-type': 'application/json' }),
    ...(empty ? {} : { 'content-length': String(body === undefined ? 0 : Buffer.byteLength(body)) }),
    ...lowerCased(headers),
  });
  response.end(empty ? undefined : body);
}

const lowerCased = (headers: Reply['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
