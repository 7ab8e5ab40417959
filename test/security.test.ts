import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as rawRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, describe, expect, test } from 'vitest';
import type { Actor } from '../src/accounts/actor.ts';
import { csrfOf } from '../src/accounts/sessions.ts';
import type { Role } from '../src/api/permissions.ts';
import { appOf } from '../src/http/app.ts';
import { pagesOf } from '../src/http/pages.ts';
import type { Route } from '../src/http/route.ts';
import { routes } from '../src/http/routes.ts';
import { startServer } from '../src/http/server.ts';
import type { Services } from '../src/http/services.ts';
import { sql } from '../src/warehouse/sql.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-security-'));
const lines: string[] = [];
const running = await startServer({
  home: join(folder, 'home'),
  host: '127.0.0.1',
  port: 0,
  env: {},
  now: () => new Date('2026-07-15T00:00:00Z'),
  log: (line) => lines.push(line),
});
const { services } = running;
const { accounts } = services;
const app = appOf(services);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What must never be read in a log. */
const secrets: string[] = [running.firstPassword ?? ''];

const terminal: Actor = {
  name: 'terminal',
  role: 'admin',
  via: 'local',
  permissions: new Set(),
  mustChangePassword: false,
};
let addresses = 0;
const newAddress = () => `198.51.100.${++addresses}`;
const cookie = (token: string) => ({ cookie: `qiancheng_session=${token}` });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const json = { 'content-type': 'application/json' };

/** A user who has chosen a password, with a session. */
async function member(name: string, role: Role) {
  const { password: first = '' } = await accounts.addUser({ name, role }, terminal);
  const given = { name, password: first, headers: new Headers(), address: newAddress() };
  const actor = await accounts.identify(new Headers(cookie(await accounts.logIn(given))));
  const password = `${name} rides eight horses`;
  const change = { current: first, next: password, address: newAddress() };
  const token = await accounts.changePassword(actor ?? expect.fail('nobody'), change);
  secrets.push(first, password, token, csrfOf(token));
  return { name, password, token, headers: { ...cookie(token), 'x-csrf-token': csrfOf(token) } };
}

async function keyOf(name: string, role: Role, scopes?: readonly string[]) {
  const { key } = await accounts.addKey({ name, role, scopes }, terminal);
  secrets.push(key);
  return bearer(key);
}

const roles = ['viewer', 'analyst', 'operator', 'admin'] as const;
const members = {
  viewer: await member('vera', 'viewer'),
  analyst: await member('anna', 'analyst'),
  operator: await member('olaf', 'operator'),
  admin: await member('ada', 'admin'),
};
const adminKey = await keyOf('walker', 'admin');

/** Knows who calls, and can do nothing: what a request does beyond the door does not matter here. */
const closed = new Proxy({}, { get: (_, part) => expect.fail(`${String(part)} is not for this test`) });
const doorOnly = appOf({
  ...{ product: closed, answers: closed, jobs: closed, uploads: closed, reports: closed, pushes: closed },
  ...{ now: services.now, log: () => {} },
  accounts: new Proxy({ identify: accounts.identify }, { get: (own, part) => Reflect.get({ ...own }, part) ?? closed }),
} as unknown as Services);

/** An address of the route, every part of it filled in. */
const addressOf = ({ path }: Route) => path.replace(/\{\w+\}/g, '1');
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const changes = routes.filter(({ method, permission }) => method !== 'get' && permission !== 'public');

const knock = (each: Route, headers: Readonly<Record<string, string>> = {}) =>
  doorOnly.request(addressOf(each), { method: each.method.toUpperCase(), headers });

async function outcome(response: Response | Promise<Response>): Promise<unknown> {
  const { status } = await response;
  return status === 401 || status === 403 ? status : 'let in';
}

const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code: unknown }).code;

describe('the door', () => {
  test('is open to nobody in particular for log-in, health and the description of the API only', () => {
    expect(
      routes
        .filter(({ permission }) => permission === 'public')
        .map(nameOf)
        .toSorted(),
    ).toEqual([
      'get /api/docs',
      'get /api/health',
      'get /api/openapi.json',
      'get /api/session/oidc',
      'get /api/session/oidc/callback',
      'get /api/session/ways',
      'get /health/live',
      'get /health/ready',
      'post /api/session',
    ]);
  });

  /** Who may, by permission: stands beside the product's own table, not on it. */
  const may: Readonly<Record<string, readonly Role[]>> = {
    public: roles,
    self: roles,
    ask: roles,
    watch: roles,
    people: ['analyst', 'operator', 'admin'],
    operate: ['operator', 'admin'],
    administer: ['admin'],
  };

  test.each(routes.map((each) => [nameOf(each), each] as const))('%s', async (_, each) => {
    const isPublic = each.permission === 'public';
    const seen: Record<string, unknown> = { nobody: await outcome(knock(each)) };
    const expected: Record<string, unknown> = { nobody: isPublic ? 'let in' : 401 };
    for (const role of roles) {
      seen[role] = await outcome(knock(each, members[role].headers));
      expected[role] = may[each.permission]?.includes(role) ? 'let in' : 403;
    }
    expect(seen).toEqual(expected);
  });

  test('lets a viewer send nothing that changes what others see', () => {
    const sent = changes.filter(({ permission }) => permission === 'self' || permission === 'ask').map(nameOf);
    const harmless = [
      'delete /api/session',
      'post /api/analyses/{id}',
      'post /api/analyses/{id}/explain',
      'post /api/analyses/{id}/people',
      'delete /mcp',
      'post /api/rules/preview',
      'post /api/session/password',
      'post /api/audiences/count',
      'post /api/pushes/{id}/preview',
      'post /api/audiences/explain',
      'post /api/audiences/compare',
      'post /api/audiences/{id}/moves',
      'delete /api/questions/{ticket}',
      'post /mcp',
    ];
    expect(sent.filter((each) => !harmless.includes(each))).toEqual([]);
  });

  test('is shut to whoever must change the password first, but for that', async () => {
    const { password = '' } = await accounts.addUser({ name: 'newcomer', role: 'admin' }, terminal);
    const given = { name: 'newcomer', password, headers: new Headers(), address: newAddress() };
    const token = await accounts.logIn(given);
    secrets.push(password, token);
    const headers = { ...cookie(token), 'x-csrf-token': csrfOf(token) };
    const open = await Promise.all(
      routes.map(async (each) => ((await outcome(knock(each, headers))) === 'let in' ? [each.permission] : [])),
    );
    expect([...new Set(open.flat())].toSorted()).toEqual(['public', 'self']);
  });
});

describe('a forged request', () => {
  test.each(changes.map((each) => [nameOf(each), each] as const))(
    '%s is refused without the token of the session',
    async (_, each) => {
      const { token } = members.admin;
      const others = csrfOf(members.operator.token);
      for (const forged of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': others }]) {
        const response = await knock(each, { ...cookie(token), ...forged });
        expect([response.status, await codeOf(response)]).toEqual([403, 'csrf']);
      }
    },
  );

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }, 403],
    [{ origin: 'https://elsewhere.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, 401],
    [{ origin: 'http://localhost' }, 401],
    [{}, 401],
  ])('cannot log a visitor in as somebody else: %j is answered %i', async (headers, status) => {
    const body = JSON.stringify({ name: 'attacker', password: 'attacker' });
    const response = await app.request(
      '/api/session',
      { method: 'POST', body, headers: { ...json, ...headers } },
      { address: newAddress() },
    );
    expect(response.status).toBe(status);
  });

  test('as a plain form is not even read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(
        (await app.request('/api/session', { method: 'POST', body: '{}', headers: { 'content-type': type } })).status,
      ).toBe(415);
  });

  test('from another site reads no answer: no page elsewhere is given leave', async () => {
    const headers = { ...members.admin.headers, origin: 'https://elsewhere.example' };
    for (const method of ['GET', 'OPTIONS']) {
      const response = await app.request('/api/users', { method, headers });
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('log-in', () => {
  const attempt = (name: string, password: string, address: string, headers = {}) =>
    app.request(
      '/api/session',
      { method: 'POST', body: JSON.stringify({ name, password }), headers: { ...json, ...headers } },
      { address },
    );

  test('by brute force is heard five times a minute, from however many addresses, and then not with the right password', async () => {
    const { name, password } = await member('target', 'viewer');
    for (let guess = 0; guess < 5; guess++)
      expect((await attempt(name, `guess ${guess}`, newAddress())).status).toBe(401);
    const sixth = await attempt(name, password, newAddress());
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '60']);
  });

  test('by brute force over many names is heard five times a minute, whatever address it claims', async () => {
    const address = newAddress();
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess++) {
      const claimed = { 'x-forwarded-for': newAddress(), 'x-real-ip': newAddress(), forwarded: `for=${newAddress()}` };
      statuses.push((await attempt(`somebody${guess}`, 'password', address, claimed)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('does not tell who exists: an unknown name and a wrong password read the same', async () => {
    const told = await Promise.all(
      [members.analyst.name, 'nobody-at-all', 'a\0b', '\ud800'].map(async (name) => {
        const response = await attempt(name, 'wrong', newAddress());
        return [response.status, await response.json()];
      }),
    );
    for (const each of told) expect(each).toEqual(told[0]);
  });

  test('never takes over a session that was planted (fixation)', async () => {
    const { name, password } = await member('fixed', 'viewer');
    const planted = 'planted-by-the-attacker';
    const response = await attempt(name, password, newAddress(), cookie(planted));
    const [set = ''] = response.headers.getSetCookie();
    secrets.push(/=([\w-]+);/.exec(set)?.[1] ?? '');
    expect(response.status).toBe(200);
    expect(set).not.toContain(planted);
    expect((await app.request('/api/session', { headers: cookie(planted) })).status).toBe(401);
  });
});

describe('a session', () => {
  test.each([
    ['disabled', { disabled: true }],
    ['demoted', { role: 'viewer' }],
    ['given a new password', { resetPassword: true }],
  ] as const)('of a user who is %s opens nothing from that moment on', async (how, change) => {
    const { name, headers } = await member(`gone.${how.slice(0, 5)}`, 'operator');
    expect((await app.request('/api/session', { headers })).status).toBe(200);
    const path = `/api/users/${name}`;
    const sent = { method: 'PATCH', body: JSON.stringify(change), headers: { ...json, ...members.admin.headers } };
    const changed = await app.request(path, sent);
    secrets.push(((await changed.json()) as { password?: string }).password ?? running.url);
    expect((await app.request('/api/session', { headers })).status).toBe(401);
  });

  test('is not had by a token in an address or under another name', async () => {
    const { token } = members.admin;
    const tries: [string, Record<string, string>][] = [
      [`/api/session?qiancheng_session=${token}`, {}],
      ['/api/session', { cookie: `Qiancheng_Session=${token}` }],
      ['/api/session', { cookie: `x=qiancheng_session=${token}` }],
      ['/api/session', bearer(token)],
    ];
    for (const [path, headers] of tries) expect((await app.request(path, { headers })).status).toBe(401);
  });
});

test.each([
  ['admin', ['ask'], 'get /api/analyses', 'let in'],
  ['admin', ['ask'], 'post /api/consumers/search', 403],
  ['admin', ['ask'], 'get /api/users', 403],
  ['admin', ['ask'], 'get /api/session', 403],
  ['viewer', ['administer'], 'get /api/users', 403],
  ['viewer', ['administer'], 'get /api/analyses', 403],
] as const)('a key of a %s with the scopes %j at %s: %s', async (role, scopes, name, expected) => {
  const each = routes.find((route) => nameOf(route) === name) ?? expect.fail(`no route is ${name}`);
  const headers = await keyOf(`narrow${++addresses}`, role, scopes);
  expect(await outcome(knock(each, headers))).toBe(expected);
});

test('a key made at the terminal opens what its role may, while the server runs', async () => {
  const { name, key } = await services.product.addKey('from.terminal', 'viewer');
  secrets.push(key);
  expect([name, key]).toEqual(['from.terminal', expect.stringMatching(/^qk_[\w-]{43}$/)]);
  expect((await app.request('/api/session', { headers: bearer(key) })).status).toBe(200);
  expect((await app.request('/api/users', { headers: bearer(key) })).status).toBe(403);
});

/** Asks over a socket, the address and the headers as they are written. */
function raw(url: string, path: string, headers: Readonly<Record<string, string>> = {}) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; text: string; headers: string[] }>((resolve, reject) => {
    const sent = rawRequest({ hostname, port, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.rawHeaders }));
    });
    sent.on('error', reject).end();
  });
}

describe('path traversal', () => {
  const web = join(folder, 'web');
  mkdirSync(join(web, 'assets'), { recursive: true });
  writeFileSync(join(web, 'index.html'), '<title>console</title>');
  writeFileSync(join(web, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(folder, 'secret.svg'), 'the secret');
  const server = createAdaptorServer({ fetch: appOf(services, { pages: pagesOf(web) }).fetch }) as Server;
  const url = new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('the files of the console are served', async () => {
    expect(await raw(await url, '/assets/app.js')).toMatchObject({ status: 200, text: 'export {};' });
    expect(await raw(await url, '/aipl')).toMatchObject({ status: 200, text: '<title>console</title>' });
  });

  test.each([
    '/assets/../../secret.svg',
    '/assets/..%2f..%2fsecret.svg',
    '/assets/%2e%2e/%2e%2e/secret.svg',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.svg',
    '/assets/..%5c..%5csecret.svg',
    '/assets/....//....//secret.svg',
    '/assets/%252e%252e%252f%252e%252e%252fsecret.svg',
    '/../secret.svg',
    '/..%2fsecret.svg',
    '/assets/app.js%00/../../../secret.svg',
    `/assets/${folder}/secret.svg`,
    `/${folder}/secret.svg`,
    `/assets//${encodeURIComponent(folder)}%2fsecret.svg`,
    '/api/uploads/..%2f..%2fsecret.svg',
    '/api/mappings/..%2f..%2fsecret.svg',
    '/api/rules/..%2f..%2fsecret.svg',
  ])('%s is no way out', async (path) => {
    const { status, text } = await raw(await url, path, adminKey);
    expect(text).not.toContain('the secret');
    expect(status).toBeLessThan(500);
  });
});

test('a page elsewhere whose name points here is not answered (DNS rebinding)', async () => {
  const rebound = await raw(running.url, '/api/health', { host: 'elsewhere.example' });
  expect([rebound.status, JSON.parse(rebound.text)]).toMatchObject([403, { code: 'host' }]);
  expect(await raw(running.url, '/api/health')).toMatchObject({ status: 200 });
});

describe('an oversized body', () => {
  const bytes = 2 * 1024 * 1024 + 1;

  test.each(['/api/session', '/api/analyses/aipl-stock', '/api/users'])('at %s is refused', async (path) => {
    const told = await app.request(path, {
      method: 'POST',
      body: 'x'.repeat(bytes),
      headers: { ...json, ...adminKey, 'content-length': String(bytes) },
    });
    expect([told.status, await codeOf(told)]).toEqual([413, 'body_size']);
  });

  test('that does not tell its size is refused too', async () => {
    const piece = new TextEncoder().encode(' '.repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(piece);
        sent += piece.length;
        if (sent > bytes) controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half', headers: { ...json, ...adminKey } } as RequestInit;
    const response = await app.request(new Request('http://localhost/api/users', init));
    expect([response.status, await codeOf(response)]).toEqual([413, 'body_size']);
  });
});

describe('a body', () => {
  const withBody = routes.filter(({ body }) => body !== undefined);

  test.each(withBody.map((each) => [nameOf(each), each] as const))(
    'of the wrong type at %s is refused',
    async (_, each) => {
      const method = each.method.toUpperCase();
      for (const body of ['null', '[]', '"text"', '1', 'true', '{', '[[[', `${'['.repeat(100_000)}`, '{"a":1}}']) {
        const response = await doorOnly.request(addressOf(each), { method, body, headers: { ...json, ...adminKey } });
        expect([body.slice(0, 10), response.status]).toEqual([body.slice(0, 10), 400]);
      }
    },
  );

  test.each([
    ['/api/users', '{"name":"mallory","__proto__":{"role":"admin"}}', 400],
    ['/api/users', '{"name":"mallory","role":"viewer","__proto__":{"role":"admin"}}', 400],
    ['/api/users', '{"name":"mallory","role":"viewer","constructor":{"prototype":{"role":"admin"}}}', 400],
    ['/api/keys', '{"name":"mallory","__proto__":{"role":"admin"}}', 400],
    ['/api/keys', '{"name":"mallory","role":{"toString":"admin"}}', 400],
    ['/api/analyses/aipl-stock', '{"__proto__":{"on":"2026-07-01"}}', 400],
    ['/api/analyses/__proto__', '{}', 404],
    ['/api/analyses/constructor', '{}', 404],
  ])('with __proto__ in it gives no right and changes no object: %s %s', async (path, body, status) => {
    const response = await app.request(path, { method: 'POST', body, headers: { ...json, ...adminKey } });
    expect(response.status).toBe(status);
    expect(Object.keys(Object.getPrototypeOf({}))).toEqual([]);
    expect(Reflect.get({}, 'role')).toBeUndefined();
    expect((await accounts.users()).map(({ name }) => name)).not.toContain('mallory');
  });
});

test.each([
  '/api/audit?limit=1e9',
  '/api/audit?limit[]=1',
  '/api/audit?limit=-1',
  "/api/audit?cursor=1'%20or%20'1'='1",
  '/api/audit?cursor=%00',
  '/api/users?cursor=%00',
  '/api/users?__proto__[limit]=1',
  '/api/users/%00',
  '/api/users/%E0%A4%A',
  '/api/consumers/99999999999999999999',
  "/api/consumers/1'%20or%201=1",
  '/api/jobs/0x10',
  '/api/imports/1%20union%20select%201',
  "/api/rejects?import=1'",
  '/api/analyses/aipl-stock/answer?on=%27%3B%20DROP%20TABLE%20events',
])('a crafted address is the fault of who crafted it: %s', async (path) => {
  const response = await app.request(path, { headers: adminKey });
  expect(response.status).toBeLessThan(500);
});

describe('header splitting', () => {
  const split = 'orders\r\nset-cookie: stolen=1\r\n\r\n<script>.csv';

  test('by the name of a file to upload', async () => {
    const body = JSON.stringify({ name: split, size: 1 });
    const made = await fetch(`${running.url}/api/uploads`, { method: 'POST', body, headers: { ...json, ...adminKey } });
    expect(made.status).toBe(201);
    const { id, name } = (await made.json()) as { id: string; name: string };
    expect(name).not.toMatch(/[\r\n]/);
    const shown = await fetch(`${running.url}/api/uploads/${id}`, { headers: adminKey });
    for (const response of [made, shown]) expect(response.headers.getSetCookie()).toEqual([]);
  });

  test.each([
    `/api/analyses/${encodeURIComponent(split)}/answer?format=csv`,
    `/api/analyses/aipl-stock/answer?on=2026-07-01&format=${encodeURIComponent(split)}`,
    `/api/analyses/aipl-stock/answer?on=2026-07-01&format=csv&brand=${encodeURIComponent(split)}`,
    `/api/mappings/${encodeURIComponent(split)}`,
    `/${encodeURIComponent(split)}`,
  ])('by %s', async (path) => {
    const { status, headers } = await raw(running.url, path, adminKey);
    expect(status).toBeLessThan(500);
    expect(headers.map((each) => each.toLowerCase())).not.toContain('set-cookie');
    expect(headers.filter((each) => /[\r\n]|stolen/.test(each))).toEqual([]);
  });
});

describe('every answer', () => {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  };

  test.each<[string, number, RequestInit]>([
    ['/', 200, {}],
    ['/api/health', 200, {}],
    ['/api/docs', 200, {}],
    ['/api/session', 401, {}],
    ['/api/users', 403, { headers: members.viewer.headers }],
    ['/api/nothing', 404, { headers: adminKey }],
    ['/api/health', 405, { method: 'DELETE' }],
    ['/api/session', 413, { method: 'POST', body: '{}', headers: { ...json, 'content-length': '99999999' } }],
    ['/api/session', 415, { method: 'POST', body: 'name=admin' }],
    ['/api/users', 500, { headers: adminKey }],
  ])('of %s with the status %i has the security headers', async (path, status, init) => {
    const surface = status === 500 ? doorOnly : appOf(services, { pages: pagesOf(join(folder, 'web')) });
    const { headers, status: answered } = await surface.request(path, init);
    expect(answered).toBe(status);
    const directives = (headers.get('content-security-policy') ?? '').split(';').map((each) => each.trim());
    expect(Object.fromEntries(directives.map((each) => /^(\S+) (.*)$/.exec(each)?.slice(1) ?? []))).toEqual(policy);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    if (path.startsWith('/api/session')) expect(headers.get('cache-control')).toBe('no-store');
  });

  test('of a fault tells nothing of the inside', async () => {
    const text = await (await doorOnly.request('/api/users', { headers: adminKey })).text();
    expect(JSON.parse(text)).toMatchObject({ status: 500, code: 'internal' });
    expect(text).not.toMatch(/not for this test|\.ts|at /);
  });
});

test('no line of the log holds a cookie, a key, a password or an identifier, nor is it more than one line', async () => {
  const identifiers = ['13800001234', 'mei@brand.example', 'wx_mei', `qk_${'k'.repeat(43)}`, '一\n二'];
  const { warehouse } = services.product.installation.context;
  // The engine itself quotes what it cannot read.
  const consumer = (asked: string) => warehouse.rows(sql`SELECT toUUID(${asked})`);
  const broken = appOf({ ...services, product: { ...services.product, consumer } } as unknown as Services);
  const before = lines.length;
  for (const identifier of identifiers) {
    const sent = {
      method: 'POST',
      body: JSON.stringify({ identifier }),
      headers: { ...json, ...members.admin.headers },
    };
    const told = await broken.request('/api/consumers/search', sent);
    expect([told.status, await codeOf(told)]).toEqual([500, 'internal']);
  }
  expect(lines.length - before).toBe(identifiers.length);
  const log = lines.join('\n');
  expect([...secrets, ...identifiers].filter((each) => each === '' || log.includes(each))).toEqual([]);
  expect(lines.filter((line) => /\n/.test(line))).toEqual([]);
});
