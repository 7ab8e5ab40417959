import type { IncomingMessage, ServerResponse } from 'node:http';
import { UnavailableError } from '../../base/errors.ts';
import { LogFault } from '../log/errors.ts';
import { type Asked, Refused, type Reply, type Taken } from '../protocol.ts';
import { admit, closing, type Known } from './admission.ts';
import { Gone, readBody } from './body.ts';
import type { Lost } from './counts.ts';
import type { Hall } from './door.ts';
import { faultReply, refusalReply, send } from './replies.ts';
import type { Place } from './routes.ts';

/** A request at an address of the collector. */
export interface Visit extends Place {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Answers a visit: keeps what it brings, or says why not. Never fails. */
export async function serve(hall: Hall, visit: Visit): Promise<void> {
  const known: Known = { source: undefined, body: undefined, retrySeconds: undefined };
  const received = hall.now().getTime();
  try {
    const { reply, events } = await receive(hall, visit, known, received);
    hall.counts.taken(known.source?.name ?? '', received, events);
    reach(hall, visit, reply);
    if (events > 0) hall.onTaken?.(known.source?.name ?? '', events);
  } catch (error) {
    const why = whyOf(error);
    hall.counts.lost(known.source?.name ?? '', received, why);
    if (why === 'fault') hall.tell?.(faultLine(visit, error));
    if (why === 'gone') visit.response.destroy();
    else reach(hall, visit, lossReply(visit, why, error, known.retrySeconds));
  } finally {
    known.body?.release();
  }
}

async function receive(
  hall: Hall,
  visit: Visit,
  known: Known,
  received: number,
): Promise<{ reply: Reply; events: number }> {
  const { protocol, route, request } = visit;
  const front = frontOf(visit);
  const early = route.key?.(front);
  if (early !== undefined) await admit(hall, known, early, received);
  else if (hall.isClosed()) throw closing();
  if (request.method === 'POST') {
    requireRoom(hall, request);
    known.body = await readBody(request, route.most, hall.limits, hall.held);
  }
  const taken = route.take({ ...front, body: known.body?.bytes ?? Buffer.alloc(0) });
  if (taken.kind === 'answered') {
    if ('key' in taken && taken.key !== early) await admit(hall, known, taken.key, received);
    return { reply: taken.reply, events: 0 };
  }
  if (early === undefined || taken.key !== early) await admit(hall, known, taken.key, received);
  return keep(hall, known, protocol.id, taken, received);
}

/** Puts what a route took on disk. */
async function keep(
  { log, pace }: Hall,
  { source }: Known,
  protocol: string,
  { events, head, body, reply }: Taken,
  received: number,
): Promise<{ reply: Reply; events: number }> {
  if (!source || events === 0) return { reply, events: 0 };
  await log.append({ source: source.name, protocol, received, head, body });
  if (source.perSecond !== undefined) pace.spend(source.name, source.perSecond, received, events);
  return { reply, events };
}

/** Turns a body away before it is read where the log would not take it. */
function requireRoom({ log }: Hall, request: IncomingMessage): void {
  const full = log.refusal(Number(request.headers['content-length'] ?? 0) || 0);
  if (full) throw full;
}

function frontOf({ request, path, params, query }: Visit): Omit<Asked, 'body'> {
  const { headers } = request;
  return {
    method: request.method ?? 'GET',
    path,
    params,
    query,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    headerNames: () => Object.keys(headers),
  };
}

function whyOf(error: unknown): Lost {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof Gone) return 'gone';
  return error instanceof UnavailableError ? 'full' : 'fault';
}

function lossReply({ protocol }: Visit, why: Lost, error: unknown, retrySeconds: number | undefined): Reply {
  if (why === 'fault' || why === 'gone') return faultReply;
  const message = error instanceof Error ? error.message : '';
  const seconds = retrySeconds ?? (error instanceof LogFault ? error.retrySeconds : undefined);
  return refusalReply(protocol, why, message, seconds);
}

function reach(hall: Hall, visit: Visit, reply: Reply): void {
  const { request, response } = visit;
  const lingerMs = reply.status === 408 ? 0 : hall.limits.lingerMs;
  try {
    send(request, response, reply, lingerMs);
  } catch (error) {
    hall.tell?.(faultLine(visit, error));
    if (response.headersSent) response.destroy();
    else send(request, response, faultReply, lingerMs);
  }
}

/** Says where the fault is. Note: not its message, which may quote what was sent. */
function faultLine({ protocol, route }: Visit, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, place = 'unknown'] = /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/m.exec(stack) ?? [];
  return `error collector ${protocol.id} ${route.path} ${error instanceof Error ? error.name : typeof error} at ${place}`;
}
