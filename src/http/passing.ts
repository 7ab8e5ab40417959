import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { SeenRequest } from '../app/metrics.ts';
import { UnavailableError } from '../base/errors.ts';
import { problemResponse } from './problem.ts';

/** What is known of a request on its way through the app. */
export interface Known {
  /** Template of its route, once it has one. */
  route?: string;
  /** Its number in the log. */
  request?: string;
}

type Passing = MiddlewareHandler<{ Variables: Known }>;

/** What comes to no route of the API: the console's files and pages, what is nowhere, what is refused while stopping. */
const NO_ROUTE = 'other';

/**
 * Tells of each request as its answer begins, and gives the caller its number in the log. Note: the number is ours, for
 * one that a caller gives may be anything, an identifier too.
 */
export function watched(seen: (request: SeenRequest, id: string) => void): Passing {
  return async (context, next) => {
    const started = performance.now();
    const id = randomBytes(8).toString('hex');
    context.set('request', id);
    await next();
    context.header('x-request-id', id);
    const { status } = context.res;
    const seconds = (performance.now() - started) / 1000;
    seen({ method: context.req.method, route: context.get('route') ?? NO_ROUTE, status, seconds }, id);
  };
}

/** The number of a request at the end of a line of the log. */
export const inLog = (id: string | undefined): string => (id === undefined ? '' : ` | request ${id}`);

/** What may still be asked of a server that stops. */
const stillAnswered = /^\/(health\/|metrics$)/;

/** Refuses whatever comes once the server stops, and says when to come again. */
export function untilStopping(stopping: AbortSignal): Passing {
  return async (context, next) => {
    if (!stopping.aborted || stillAnswered.test(context.req.path)) return next();
    return problemResponse(new UnavailableError('closing', 'The server is about to stop: try again when it is back.'));
  };
}
