import { beforeEach, describe, expect, test } from 'vitest';
import { clock, freshRegistry } from '../../accounts/accounts.fixture.ts';
import { openAccounts } from '../../accounts/accounts.ts';
import { providerOn } from '../../accounts/oidc.fixture.ts';
import { pageOf } from '../../api/common.ts';
import { apiKey, auditEntry, session, user, userMade } from '../../api/session.ts';
import { type App, appOf } from '../app.ts';
import type { Services } from '../services.ts';

const registry = await freshRegistry();
const provider = await providerOn({ id: 'qiancheng', secret: 'between us' });
const time = clock('2026-07-14T18:00:00Z');
const localToken = 'only-this-machine';
const config = { zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh', brands: ['千程'] };
let app: App;
let firstPassword = '';

/** The routes need no more of a product than what it is told. */
beforeEach(async () => {
  for (const table of ['account', 'api_key', 'audit']) await registry.rows(`delete from ${table}`);
  const accounts = await openAccounts(registry, {
    now: time.now,
    key: Buffer.alloc(32, 7),
    localToken,
    oidc: {
      issuer: provider.issuer,
      client_id: 'qiancheng',
      client_secret: 'between us',
      title: 'Brand SSO',
      roles: {},
      default_role: 'viewer',
    },
  });
  firstPassword = (await accounts.ensureAdministrator()) ?? '';
  const product = { config, installation: { home: { config } } };
  const known: Partial<Services> = { product: product as unknown as Services['product'], accounts };
  app = appOf({ ...known, now: time.now, log: () => {} } as Services);
});

interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks as the terminal, unless other headers are given. */
function ask(path: string, { method, body, headers = { authorization: `Bearer ${localToken}` } }: Ask = {}) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return app.request(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...headers },
    ...sent,
  });
}

const logIn = (name: string, password: string, headers: Readonly<Record<string, string>> = {}) =>
  ask('/api/session', { body: { name, password }, headers });

const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';

/** What a browser sends after this answer to a log-in. */
async function browser(response: Response): Promise<Record<string, string>> {
  return { cookie: cookieOf(response), 'x-csrf-token': session.parse(await response.json()).csrf };
}

test('the first log-in may do nothing but change the password; then everything', async () => {
  const first = await browser(await logIn('admin', firstPassword));
  expect((await ask('/api/session', { headers: first })).status).toBe(200);
  const early = await ask('/api/users', { headers: first });
  expect([early.status, await early.json()]).toMatchObject([403, { code: 'password_change' }]);
  const change = { current: firstPassword, next: 'eight horses at the gate' };
  const changed = await ask('/api/session/password', { body: change, headers: first });
  expect(changed.status).toBe(200);
  expect((await ask('/api/users', { headers: first })).status).toBe(401);
  expect((await ask('/api/users', { headers: await browser(changed) })).status).toBe(200);
});

test('a session says who it is of, what they may do, and what day it is in the business zone', async () => {
  const response = await logIn('admin', firstPassword);
  const told = session.strict().parse(await response.json());
  expect(told).toMatchObject({
    user: { name: 'admin', role: 'admin', mustChangePassword: true },
    permissions: ['public', 'self', 'ask', 'watch', 'people', 'operate', 'administer'],
    workspace: { zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh', brands: ['千程'], today: '2026-07-15' },
  });
});

test.each([
  ['http', {}, ''],
  ['https before a proxy', { 'x-forwarded-proto': 'https' }, '; Secure'],
])('the cookie over %s', async (_, headers, secure) => {
  const [set = ''] = (await logIn('admin', firstPassword, headers)).headers.getSetCookie();
  expect(set.replace(/=[\w-]{43};/, '=TOKEN;')).toBe(
    `qiancheng_session=TOKEN; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax${secure}`,
  );
});

test('log-out ends the session and takes the cookie back', async () => {
  const headers = await browser(await logIn('admin', firstPassword));
  const out = await ask('/api/session', { method: 'DELETE', headers });
  expect([out.status, cookieOf(out)]).toEqual([200, 'qiancheng_session=']);
  expect((await ask('/api/session', { headers })).status).toBe(401);
});

test('a wrong password is told as such, the sixth with the seconds to wait', async () => {
  const told: unknown[] = [];
  for (let attempt = 0; attempt < 6; attempt++) {
    const response = await logIn('admin', 'wrong');
    const { code } = (await response.json()) as { code: string };
    told.push([response.status, code, response.headers.get('retry-after')]);
  }
  expect(told).toEqual([...Array<unknown>(5).fill([401, 'credentials', null]), [429, 'attempts', '60']]);
});

test('a wrong old password does not look like the end of the session', async () => {
  const headers = await browser(await logIn('admin', firstPassword));
  const change = { current: 'wrong', next: 'eight horses at the gate' };
  expect((await ask('/api/session/password', { body: change, headers })).status).toBe(400);
  const short = { current: firstPassword, next: 'short' };
  expect((await ask('/api/session/password', { body: short, headers })).status).toBe(400);
});

test('a user is made, changed and removed', async () => {
  const made = await ask('/api/users', { body: { name: '李梅', role: 'viewer' } });
  expect(made.status).toBe(201);
  const { user: mei, password } = userMade.strict().parse(await made.json());
  expect([mei.name, password?.length]).toEqual(['李梅', 23]);
  const path = `/api/users/${encodeURIComponent('李梅')}`;
  const changed = await ask(path, { method: 'PATCH', body: { role: 'operator', resetPassword: true } });
  expect(userMade.parse(await changed.json())).toMatchObject({ user: { role: 'operator' } });
  expect((await ask(path, { method: 'DELETE' })).status).toBe(200);
  expect((await ask(path, { method: 'DELETE' })).status).toBe(404);
  const { items } = pageOf(user.strict()).parse(await (await ask('/api/users')).json());
  expect(items.map(({ name }) => name)).toEqual(['admin']);
});

test.each([
  ['a name that is taken', { name: 'admin', role: 'viewer' }, 409],
  ['a name with a slash', { name: 'a/b', role: 'viewer' }, 400],
  ['no name', { name: '', role: 'viewer' }, 400],
  ['a role that is none', { name: 'mei', role: 'owner' }, 400],
  ['more than is asked', { name: 'mei', role: 'viewer', disabled: false }, 400],
])('a user with %s is refused', async (_, body, status) => {
  expect((await ask('/api/users', { body })).status).toBe(status);
});

test('the last administrator stays', async () => {
  for (const sent of [
    { method: 'PATCH', body: { role: 'viewer' } },
    { method: 'PATCH', body: { disabled: true } },
    { method: 'DELETE' },
  ]) {
    const response = await ask('/api/users/admin', sent);
    expect([response.status, await response.json()]).toMatchObject([409, { code: 'last_administrator' }]);
  }
});

test('users and the audit come page by page, each once', async () => {
  for (const name of ['b', 'a', 'c', 'B1']) await ask('/api/users', { body: { name, role: 'viewer' } });
  const names: string[] = [];
  let cursor = '';
  do {
    const response = await ask(`/api/users?limit=2${cursor}`);
    const page = pageOf(user).parse(await response.json());
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next === undefined ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  expect(names).toEqual(['B1', 'a', 'admin', 'b', 'c']);
  const audit = pageOf(auditEntry.strict()).parse(await (await ask('/api/audit?limit=3')).json());
  expect(audit.items.map(({ action }) => action)).toEqual(['user.add', 'user.add', 'user.add']);
  const rest = pageOf(auditEntry).parse(await (await ask(`/api/audit?cursor=${audit.next}`)).json());
  expect([rest.items.length, rest.next]).toEqual([2, undefined]);
});

test('a key is told once, opens what it may, and nothing once it is taken back', async () => {
  const made = await ask('/api/keys', { body: { name: 'nightly', role: 'admin', scopes: ['administer'] } });
  expect(made.status).toBe(201);
  const { key, ...rest } = (await made.json()) as { name: string; key: string };
  expect(rest).toEqual({ name: 'nightly' });
  const headers = { authorization: `Bearer ${key}` };
  const listed = await ask('/api/keys', { headers });
  const text = await listed.text();
  expect(pageOf(apiKey.strict()).parse(JSON.parse(text)).items).toMatchObject([
    { name: 'nightly', role: 'admin', scopes: ['administer'], lastUsedAt: time.now().toISOString() },
  ]);
  expect(text).not.toContain(key);
  await ask('/api/keys/nightly', { method: 'DELETE' });
  expect((await ask('/api/keys', { headers })).status).toBe(401);
});

describe('a provider of identities', () => {
  const person = { claims: { sub: '1001', preferred_username: 'mei' } };

  test('is named to the page of log-in', async () => {
    const response = await ask('/api/session/ways', { headers: {} });
    expect(await response.json()).toEqual({ locale: 'zh', oidc: { title: 'Brand SSO' } });
  });

  test('brings a browser in', async () => {
    provider.speaksOf(person);
    const begun = await app.request('http://brand.example/api/session/oidc', {
      headers: { 'x-forwarded-proto': 'https' },
    });
    const [ticket = ''] = begun.headers.getSetCookie();
    expect([begun.status, ticket.replace(/=[\w.-]+;/, '=TICKET;')]).toEqual([
      302,
      'qiancheng_oidc=TICKET; Path=/api/session/oidc; Max-Age=600; HttpOnly; SameSite=Lax; Secure',
    ]);
    const back = await provider.visited(new URL(begun.headers.get('location') ?? ''));
    expect(`${back.origin}${back.pathname}`).toBe('https://brand.example/api/session/oidc/callback');
    const ended = await app.request(back.href, { headers: { cookie: cookieOf(begun) } });
    expect([ended.status, ended.headers.get('location')]).toEqual([302, '/']);
    expect(ended.headers.getSetCookie()[1]).toMatch(/^qiancheng_oidc=; .*Max-Age=0;/);
    const here = await ask('/api/session', { headers: { cookie: cookieOf(ended) } });
    expect(await here.json()).toMatchObject({ user: { name: 'mei', role: 'viewer', mustChangePassword: false } });
  });

  test.each([
    ['no ticket', '', 'oidc_begin'],
    ['a ticket of its own making', 'qiancheng_oidc=e30.e30', 'oidc_begin'],
  ])('does not bring in a browser with %s', async (_, cookie, code) => {
    const response = await app.request('/api/session/oidc/callback?code=1&state=2', { headers: { cookie } });
    expect([response.status, await response.json()]).toMatchObject([403, { code }]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
