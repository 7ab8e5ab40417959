import type { MiddlewareHandler } from 'hono';
import { HttpError, problemResponse } from './problem.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Takes requests to names of this machine only, while the server is bound to it: a page elsewhere whose name is made to
 * point here (DNS rebinding) must not speak to a server that believes itself alone.
 */
export const ownHostOnly: MiddlewareHandler = async (context, next) => {
  const host = (context.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
  if (host !== '' && !loopback.has(host))
    return problemResponse(
      new HttpError(
        403,
        'host',
        'This server answers on this machine only. To reach it by another name, start it with --host.',
      ),
    );
  return next();
};
