import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Actor } from '../accounts/actor.ts';
import { isSame } from '../accounts/tokens.ts';
import type { SeenRequest } from '../app/metrics.ts';
import { fieldText } from '../base/faults/fields.ts';
import { issueText } from '../base/faults/issue.ts';
import { joined, say, semicolon } from '../base/faults/say.ts';
import { faultText } from '../base/faultText.ts';
import { ownHostOnly } from './hosts.ts';
import { localeOf } from './locale.ts';
import { inLog, type Known, untilStopping, watched } from './passing.ts';
import { HttpError, problemResponse } from './problem.ts';
import type { Call, Route } from './route.ts';
import { routes } from './routes.ts';
import { securityHeaders } from './security.ts';
import type { Services } from './services.ts';

/** Bytes of a JSON body; files come in pieces by their own route. */
const MOST_BODY = 2 * 1024 * 1024;
const MOST_PIECE = 64 * 1024 * 1024;

/** What the runtime around the app knows of a connection. */
export interface Outside {
  readonly address?: string;
}

export type App = Hono<{ Bindings: Outside; Variables: Known }>;

export interface AppOptions {
  /** Mounts the console's files. */
  readonly pages?: (app: App) => void;
  /** Only requests to a name of this machine are taken. */
  readonly ownHostOnly?: boolean;
  /** Told of each request as its answer begins, and by which number the log knows it. */
  readonly seen?: (request: SeenRequest, id: string) => void;
  /** Once it is aborted, nothing is begun any more. */
  readonly stopping?: AbortSignal;
}

/** The whole HTTP surface over one opened home. */
export function appOf(services: Services, options: AppOptions = {}): App {
  const { pages, ownHostOnly: isOwn, seen, stopping } = options;
  const app: App = new Hono();
  if (seen) app.use(watched(seen));
  app.use(securityHeaders);
  if (isOwn) app.use(ownHostOnly);
  if (stopping) app.use(untilStopping(stopping));
  for (const each of routes) mount(app, each, services, stopping);
  app.all('/api/*', (context) => problemResponse(unknownRoute(context.req.method, context.req.path)));
  pages?.(app);
  app.onError((error) => {
    services.log(`error app ${faultText(error)}`);
    return problemResponse(error);
  });
  return app;
}

function unknownRoute(method: string, path: string): HttpError {
  const known = routes.some((each) => new RegExp(`^${each.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path));
  return known
    ? new HttpError(405, 'method', `${method} is not a method of this address. See /api/openapi.json.`)
    : new HttpError(404, 'route', 'There is nothing at this address. See /api/openapi.json.');
}

function mount(app: App, each: Route, services: Services, stopping: AbortSignal | undefined): void {
  const path = each.path.replace(/\{([^}]+)\}/g, ':$1');
  const tooLarge = () =>
    problemResponse(new HttpError(413, 'body_size', 'The body is larger than this address takes.'));
  const limit = bodyLimit({ maxSize: each.octets ? MOST_PIECE : MOST_BODY, onError: tooLarge });
  const named: MiddlewareHandler<{ Variables: Known }> = (context, next) => {
    context.set('route', each.path);
    return next();
  };
  app.on(each.method.toUpperCase(), path, named, limit, async (context) => {
    try {
      const address = context.env?.address ?? 'local';
      const actor = await admitted(each, context.req.raw, services);
      const call: Call = {
        services,
        actor,
        address,
        stopping,
        request: context.req.raw,
        locale: localeOf(context.req.raw),
        params: read(each.params, context.req.param(), 'path'),
        query: read(each.query, context.req.query(), 'query'),
        body: each.body ? read(each.body, await bodyOf(context.req.raw), 'body') : undefined,
      };
      return responseOf(each, await each.handle(call));
    } catch (error) {
      const response = problemResponse(error);
      if (response.status === 500) services.log(`error ${each.id} ${faultText(error)}${inLog(context.get('request'))}`);
      return response;
    }
  });
}

/** The caller of a route, when it may call it. */
async function admitted(each: Route, request: Request, services: Services): Promise<Actor | undefined> {
  const actor = await services.accounts.identify(request.headers);
  if (each.permission === 'public') return actor;
  if (!actor) throw new HttpError(401, 'not_logged_in', 'Log in, or send an API key as `Authorization: Bearer KEY`.');
  if (
    actor.via === 'session' &&
    request.method !== 'GET' &&
    !isSame(request.headers.get('x-csrf-token') ?? '', actor.csrf ?? '')
  )
    throw new HttpError(403, 'csrf', 'The request lacks the token of this session (x-csrf-token). Reload the page.');
  if (actor.mustChangePassword && each.permission !== 'self')
    throw new HttpError(403, 'password_change', 'Change the first password before anything else.');
  if (!actor.permissions.has(each.permission))
    throw new HttpError(
      403,
      'permission',
      `This needs the permission "${each.permission}", which ${actor.role} has not.`,
    );
  return actor;
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) throw new HttpError(415, 'media_type', 'Send the body as application/json.');
  const text = await request.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new HttpError(400, 'json', 'The body is not JSON.');
  }
}

function read(schema: Route['body'], given: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) =>
    say('fault.at', { place: fieldText(issue.path.join('.') || where), what: issueText(issue) }),
  );
  throw new HttpError(400, 'request', say('request.faults', { where, faults: joined(faults, semicolon) }));
}

function responseOf(each: Route, result: unknown): Response {
  if (result instanceof Response) return result;
  return Response.json(result ?? { done: true }, {
    status: each.status ?? 200,
    headers: { 'cache-control': 'no-store' },
  });
}
