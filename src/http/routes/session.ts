import { z } from 'zod';
import { CredentialsError } from '../../accounts/accounts.ts';
import type { Actor } from '../../accounts/actor.ts';
import { type Cookie, cookieIn, cookieText } from '../../accounts/cookies.ts';
import { TooManyAttemptsError } from '../../accounts/limits.ts';
import { OidcRefusedError, oidcSeconds } from '../../accounts/oidc.ts';
import { sessionCookie, sessionMs } from '../../accounts/sessions.ts';
import { done } from '../../api/common.ts';
import { permissions } from '../../api/permissions.ts';
import { credentials, passwordChange, type SessionInfo, session, signInWays } from '../../api/session.ts';
import { dayIn } from '../../base/day.ts';
import { HttpError } from '../problem.ts';
import { type Call, type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const oidcCookie = 'qiancheng_oidc';
const oidcPath = '/api/session/oidc';

/** Who calls a route that is not public. */
export function callerOf({ actor }: Pick<Call, 'actor'>): Actor {
  if (actor) return actor;
  throw new HttpError(401, 'not_logged_in', 'Log in, or send an API key as `Authorization: Bearer KEY`.');
}

function isSecure(request: Request): boolean {
  const outside = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return new URL(request.url).protocol === 'https:' || outside === 'https';
}

function cookieFor(request: Request, name: string, value: string, seconds: number, path = '/'): string {
  const cookie: Cookie = { name, value, path, seconds, isSecure: isSecure(request) };
  return cookieText(cookie);
}

/** Refuses a log-in that another site's page sends: its visitor would go on here as somebody else without noticing. */
function requireOwnPage({ headers, url }: Request): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const isOwn = site ? site === 'same-origin' || site === 'none' : origin === null || hostOf(origin) === hostOf(url);
  if (!isOwn) throw new HttpError(403, 'origin', 'Log in from a page of this server only.');
}

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/** A fault of log-in with the status that HTTP has for it. */
function told(error: unknown, wrongCredentials: number): unknown {
  if (error instanceof TooManyAttemptsError)
    return new HttpError(429, error.code, error.message, { 'retry-after': String(error.seconds) });
  if (error instanceof CredentialsError) return new HttpError(wrongCredentials, error.code, error.message);
  if (error instanceof OidcRefusedError) return new HttpError(403, error.code, error.message);
  return error;
}

function sessionOf({ product, now }: Services, actor: Actor): SessionInfo {
  const { zone, currency, locale } = product.config;
  return {
    user: { name: actor.name, role: actor.role, mustChangePassword: actor.mustChangePassword },
    permissions: permissions.filter((each) => actor.permissions.has(each)),
    csrf: actor.csrf ?? '',
    workspace: {
      zone,
      currency,
      locale,
      brands: [...product.installation.home.config.brands],
      today: dayIn(zone, now()),
    },
  };
}

/** The session of a token just made, with the cookie that holds it. */
async function welcome({ services, request }: Pick<Call, 'services' | 'request'>, token: string): Promise<Response> {
  const actor = await services.accounts.identify(new Headers({ cookie: `${sessionCookie}=${token}` }));
  return Response.json(sessionOf(services, callerOf({ actor })), {
    headers: {
      'cache-control': 'no-store',
      'set-cookie': cookieFor(request, sessionCookie, token, sessionMs / 1000),
    },
  });
}

function provider({ accounts }: Services) {
  if (accounts.oidc) return accounts.oidc;
  throw new HttpError(404, 'oidc', 'No provider of identities is configured. See oidc in config.yaml.');
}

/** Where the provider sends the browser back to; over https where a proxy in front says so. */
function callbackOf(request: Request): string {
  const back = new URL(`${oidcPath}/callback`, request.url);
  if (isSecure(request)) back.protocol = 'https:';
  return back.href;
}

function sentOn(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 302, headers });
}

/** Log-in, log-out and the session between them. */
export const sessionRoutes: readonly Route[] = [
  route({
    id: 'session.ways',
    method: 'get',
    path: '/api/session/ways',
    permission: 'public',
    summary: { zh: '登录方式', en: 'Ways to log in' },
    answer: signInWays,
    handle: async ({ services }) => ({
      locale: services.product.config.locale,
      oidc: services.accounts.oidc ? { title: services.accounts.oidc.title } : null,
    }),
  }),
  route({
    id: 'session.begin',
    method: 'post',
    path: '/api/session',
    permission: 'public',
    summary: { zh: '登录', en: 'Log in' },
    body: credentials,
    answer: session,
    handle: async (call) => {
      const { services, body, request, address } = call;
      requireOwnPage(request);
      try {
        return await welcome(call, await services.accounts.logIn({ ...body, address, headers: request.headers }));
      } catch (error) {
        throw told(error, 401);
      }
    },
  }),
  route({
    id: 'session.show',
    method: 'get',
    path: '/api/session',
    permission: 'self',
    summary: { zh: '当前会话与工作区', en: 'The session and its workspace' },
    answer: session,
    handle: async (call) => sessionOf(call.services, callerOf(call)),
  }),
  route({
    id: 'session.end',
    method: 'delete',
    path: '/api/session',
    permission: 'self',
    summary: { zh: '退出登录', en: 'Log out' },
    answer: done,
    handle: async ({ services, request }) => {
      await services.accounts.logOut(request.headers);
      return Response.json(
        { done: true },
        { headers: { 'cache-control': 'no-store', 'set-cookie': cookieFor(request, sessionCookie, '', 0) } },
      );
    },
  }),
  route({
    id: 'session.password',
    method: 'post',
    path: '/api/session/password',
    permission: 'self',
    summary: { zh: '修改密码，其他会话随之结束', en: 'Change the password; every other session ends' },
    body: passwordChange,
    answer: session,
    handle: async (call) => {
      const { services, body, address } = call;
      try {
        return await welcome(call, await services.accounts.changePassword(callerOf(call), { ...body, address }));
      } catch (error) {
        throw told(error, 400);
      }
    },
  }),
  route({
    id: 'session.oidc',
    method: 'get',
    path: oidcPath,
    permission: 'public',
    summary: { zh: '经身份提供方登录', en: 'Log in through the provider of identities' },
    status: 302,
    handle: async ({ services, request }) => {
      const { url, cookie } = await provider(services).begin(callbackOf(request));
      return sentOn(url.href, [cookieFor(request, oidcCookie, cookie, oidcSeconds, oidcPath)]);
    },
  }),
  route({
    id: 'session.oidcCallback',
    method: 'get',
    path: `${oidcPath}/callback`,
    permission: 'public',
    summary: { zh: '身份提供方回到此处', en: 'Where the provider of identities sends back to' },
    query: z.looseObject({}),
    status: 302,
    handle: async ({ services, request }) => {
      const { headers, url } = request;
      try {
        const token = await provider(services).end(new URL(url), cookieIn(headers, oidcCookie), headers);
        return sentOn('/', [
          cookieFor(request, sessionCookie, token, sessionMs / 1000),
          cookieFor(request, oidcCookie, '', 0, oidcPath),
        ]);
      } catch (error) {
        throw told(error, 403);
      }
    },
  }),
];
