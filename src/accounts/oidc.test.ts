import { beforeEach, describe, expect, test } from 'vitest';
import { clock, cookie, freshRegistry, terminal } from './accounts.fixture.ts';
import { openAccounts } from './accounts.ts';
import { type Person, providerOn } from './oidc.fixture.ts';

const registry = await freshRegistry();
const provider = await providerOn({ id: 'qiancheng', secret: 'between us' });
const time = clock();
const key = Buffer.alloc(32, 7);
const callback = 'https://brand.example/api/session/oidc/callback';
const config = {
  issuer: provider.issuer,
  client_id: 'qiancheng',
  client_secret: 'between us',
  title: 'Brand SSO',
  role_claim: 'groups',
  roles: { marketing: 'analyst', 'data-team': 'operator', boss: 'admin' },
} as const;
const accounts = await openAccounts(registry, { now: time.now, key, oidc: config });
const oidc = accounts.oidc ?? expect.fail('no provider');

beforeEach(async () => {
  for (const table of ['account', 'audit']) await registry.rows(`delete from ${table}`);
  await accounts.addUser({ name: 'admin', role: 'admin' }, terminal);
});

/** The whole way of a browser; `between` may change what it brings back. */
async function comes(
  person: Person,
  between: (back: URL, ticket: string) => { address: URL; ticket: string | undefined } = (address, ticket) => ({
    address,
    ticket,
  }),
): Promise<string> {
  provider.speaksOf(person);
  const begun = await oidc.begin(callback);
  const { address, ticket } = between(await provider.visited(begun.url), begun.cookie);
  return oidc.end(address, ticket, new Headers());
}

const mei = { sub: '1001', preferred_username: 'mei', groups: ['all', 'marketing'] };

test('whom the provider vouches for is made a user with the role of the claim, and is the same user ever after', async () => {
  const first = await accounts.identify(cookie(await comes({ claims: mei })));
  expect(first).toMatchObject({ name: 'mei', role: 'analyst', via: 'session', mustChangePassword: false });
  const again = await accounts.identify(cookie(await comes({ claims: { ...mei, preferred_username: 'mei.li' } })));
  expect(again).toMatchObject({ name: 'mei', role: 'analyst' });
  expect(await accounts.users()).toHaveLength(2);
});

test('a browser is sent with state, nonce and the challenge of PKCE, never with the secret', async () => {
  const { url } = await oidc.begin(callback);
  const asked = Object.fromEntries(url.searchParams);
  expect(asked).toMatchObject({
    client_id: 'qiancheng',
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge_method: 'S256',
  });
  for (const each of ['state', 'nonce', 'code_challenge']) expect(asked[each]?.length).toBeGreaterThan(40);
  expect(url.href).not.toContain('between');
});

describe('turned away is', () => {
  test.each<[string, Person, string]>([
    ['a token for another log-in (nonce)', { claims: mei, nonce: 'of-another' }, 'oidc_refused'],
    ['an answer to another request (state)', { claims: mei, state: 'of-another' }, 'oidc_refused'],
    ['a token for another client', { claims: mei, audience: 'somebody-else' }, 'oidc_refused'],
    ['a token of another issuer', { claims: mei, issuer: 'https://elsewhere.example' }, 'oidc_refused'],
    ['a token signed by a stranger', { claims: mei, isForged: true }, 'oidc_refused'],
    ['a token that has ended', { claims: mei, lasts: -60 }, 'oidc_refused'],
    ['who has no role here', { claims: { ...mei, groups: ['all'] } }, 'oidc_role'],
    ['who has no claim of a role', { claims: { sub: '1001' } }, 'oidc_role'],
    ['a role named as a part of every object', { claims: { ...mei, groups: 'constructor' } }, 'oidc_role'],
  ])('%s', async (_, person, code) => {
    await expect(comes(person)).rejects.toMatchObject({ code });
    expect(await accounts.users()).toHaveLength(1);
  });

  test('a browser that began nothing here, or comes back with a ticket of its own making', async () => {
    const forged = (ticket: string) => `${ticket.split('.')[0]}.${'A'.repeat(43)}`;
    for (const made of [() => undefined, forged, () => '', () => '.', (ticket: string) => `e30${ticket}`])
      await expect(
        comes({ claims: mei }, (address, ticket) => ({ address, ticket: made(ticket) })),
      ).rejects.toMatchObject({ code: 'oidc_begin' });
  });

  test('a browser that took more than ten minutes', async () => {
    const late = comes({ claims: mei }, (address, ticket) => {
      time.pass(11);
      return { address, ticket };
    });
    await expect(late).rejects.toMatchObject({ code: 'oidc_begin' });
  });

  test('the code of another browser (its ticket has another state and another verifier)', async () => {
    provider.speaksOf({ claims: mei });
    const [mine, theirs] = [await oidc.begin(callback), await oidc.begin(callback)];
    const address = await provider.visited(theirs.url);
    await expect(oidc.end(address, mine.cookie, new Headers())).rejects.toMatchObject({ code: 'oidc_refused' });
    address.searchParams.set('state', mine.url.searchParams.get('state') ?? '');
    await expect(oidc.end(address, mine.cookie, new Headers())).rejects.toMatchObject({ code: 'oidc_refused' });
  });

  test('a code that was used', async () => {
    provider.speaksOf({ claims: mei });
    const begun = await oidc.begin(callback);
    const address = await provider.visited(begun.url);
    await oidc.end(address, begun.cookie, new Headers());
    await expect(oidc.end(address, begun.cookie, new Headers())).rejects.toMatchObject({ code: 'oidc_refused' });
  });

  test('a user who is disabled here', async () => {
    const token = await comes({ claims: mei });
    await accounts.changeUser('mei', { disabled: true }, terminal);
    expect(await accounts.identify(cookie(token))).toBeUndefined();
    await expect(comes({ claims: mei })).rejects.toMatchObject({ code: 'oidc_disabled' });
  });
});

test.each([
  [{ sub: '7', preferred_username: 'admin', groups: 'marketing' }, 'admin-2'],
  [{ sub: '7', preferred_username: 'ADMIN', groups: 'marketing' }, 'ADMIN-2'],
  [{ sub: '7', preferred_username: 'terminal', groups: 'marketing' }, 'terminal-2'],
  [{ sub: '7', email: 'mei@brand.example', groups: 'marketing' }, 'mei@brand.example'],
  [{ sub: '7', preferred_username: '///', name: '李 梅', groups: 'marketing' }, '李.梅'],
  [{ sub: '7', groups: 'marketing' }, 'user'],
])('%j is a user of its own, called %s', async (claims, name) => {
  const actor = await accounts.identify(cookie(await comes({ claims })));
  expect(actor).toMatchObject({ name, role: 'analyst' });
  expect((await accounts.users()).find((user) => user.name === 'admin')).toMatchObject({ role: 'admin' });
});

test('of several roles the highest counts', async () => {
  const claims = { ...mei, groups: ['marketing', 'data-team', 'all'] };
  expect(await accounts.identify(cookie(await comes({ claims })))).toMatchObject({ role: 'operator' });
});

test('a role that the provider changes is followed and ends the sessions before, but never takes the last administrator', async () => {
  const before = await comes({ claims: { ...mei, groups: 'boss' } });
  const after = await comes({ claims: mei });
  expect(await accounts.identify(cookie(before))).toBeUndefined();
  expect(await accounts.identify(cookie(after))).toMatchObject({ role: 'analyst' });
  await comes({ claims: { ...mei, groups: 'boss' } });
  await accounts.removeUser('admin', terminal);
  expect(await accounts.identify(cookie(await comes({ claims: mei })))).toMatchObject({ name: 'mei', role: 'admin' });
});

test('who comes through the provider has no password here, not even none', async () => {
  await comes({ claims: mei });
  for (const password of ['', 'null'])
    await expect(
      accounts.logIn({ name: 'mei', password, headers: new Headers(), address: '192.0.2.1' }),
    ).rejects.toMatchObject({ code: 'credentials' });
  await expect(accounts.changeUser('mei', { resetPassword: true }, terminal)).rejects.toMatchObject({
    code: 'no_password',
  });
});

describe('a provider', () => {
  const open = (changes: object) => openAccounts(registry, { now: time.now, key, oidc: { ...config, ...changes } });

  test('that gives a role to everybody lets everybody in', async () => {
    const generous = await open({ default_role: 'viewer', role_claim: undefined });
    provider.speaksOf({ claims: { sub: '9', preferred_username: 'guest' } });
    const begun = await generous.oidc?.begin(callback);
    const address = begun && (await provider.visited(begun.url));
    const token = address && (await generous.oidc?.end(address, begun.cookie, new Headers()));
    expect(await accounts.identify(cookie(token ?? ''))).toMatchObject({ name: 'guest', role: 'viewer' });
  });

  test('that cannot be reached is no fault of the caller, and is asked again the next time', async () => {
    const gone = await open({ issuer: 'http://127.0.0.1:1' });
    for (let times = 0; times < 2; times++)
      await expect(gone.oidc?.begin(callback)).rejects.toMatchObject({ code: 'oidc_unreachable' });
  });

  test('whose secret stands in a variable that is not set is refused at the start', async () => {
    await expect(open({ client_secret: undefined, client_secret_env: 'BRAND_SECRET' })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('BRAND_SECRET'),
    });
  });
});
