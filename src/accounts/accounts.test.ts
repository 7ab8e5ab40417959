import { beforeEach, describe, expect, test } from 'vitest';
import { bearer, clock, cookie, freshRegistry, terminal } from './accounts.fixture.ts';
import { type Accounts, openAccounts } from './accounts.ts';
import type { Actor } from './actor.ts';
import { hashOf, newPassword } from './passwords.ts';
import { insertAccount } from './users.ts';

const registry = await freshRegistry();
const time = clock();
const localToken = 'only-this-machine';
const open = () => openAccounts(registry, { now: time.now, key: Buffer.alloc(32, 7), localToken });
let accounts: Accounts = await open();
const adminPassword = newPassword();
const adminHash = await hashOf(adminPassword);
const chosen = 'eight horses at the gate';
const chosenHash = await hashOf(chosen);

/** Every test finds the administrator alone, as the first start leaves it, and no attempt counted. */
beforeEach(async () => {
  for (const table of ['account', 'api_key', 'audit']) await registry.rows(`delete from ${table}`);
  const first = { name: 'admin', role: 'admin', password: adminHash, subject: null, must_change: true } as const;
  await insertAccount(registry, first, time.now());
  accounts = await open();
});

const logIn = (name: string, password: string, headers = new Headers()) =>
  accounts.logIn({ name, password, headers, address: '192.0.2.1' });

async function actorBy(headers: Headers): Promise<Actor> {
  const actor = await accounts.identify(headers);
  if (!actor) throw new Error('nobody');
  return actor;
}

/** A user who chose a password long ago, logged in. */
async function member(name: string, role: Actor['role']) {
  const account = { name, role, password: chosenHash, subject: null, must_change: false };
  await insertAccount(registry, account, time.now());
  const token = await logIn(name, chosen);
  return { token, password: chosen, actor: await actorBy(cookie(token)) };
}

describe('the first administrator', () => {
  test('is made once, with a password that nobody chose', async () => {
    expect(await accounts.ensureAdministrator()).toBeUndefined();
    await registry.rows('delete from account');
    const password = (await accounts.ensureAdministrator()) ?? '';
    expect(password).toMatch(/^[2-9a-z]{5}(-[2-9a-z]{5}){3}$/);
    expect(await accounts.ensureAdministrator()).toBeUndefined();
    expect(await accounts.users()).toMatchObject([{ name: 'admin', role: 'admin', mustChangePassword: true }]);
    expect(await actorBy(cookie(await logIn('admin', password)))).toMatchObject({ name: 'admin' });
    const { items } = await accounts.audit({ limit: 10 });
    expect(items.map(({ actor, action }) => `${actor} ${action}`)).toEqual(['admin session.begin', 'system user.add']);
  });

  test('must change the password, and then may do everything', async () => {
    const first = await actorBy(cookie(await logIn('admin', adminPassword)));
    expect(first).toMatchObject({ name: 'admin', role: 'admin', via: 'session', mustChangePassword: true });
    const next = 'another long sentence';
    const token = await accounts.changePassword(first, { current: adminPassword, next, address: '192.0.2.1' });
    expect(await actorBy(cookie(token))).toMatchObject({ mustChangePassword: false });
    await expect(logIn('admin', adminPassword)).rejects.toMatchObject({ code: 'credentials' });
  });
});

describe('what is kept', () => {
  test('is no password, no token and no key, only what is drawn from them', async () => {
    const { token, password } = await member('mei', 'analyst');
    const { key } = await accounts.addKey({ name: 'nightly', role: 'viewer' }, terminal);
    const kept = JSON.stringify(
      await Promise.all(
        ['account', 'login_session', 'api_key', 'audit'].map((table) => registry.rows(`select * from ${table}`)),
      ),
    );
    expect(kept).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    for (const secret of [token, password, key, adminPassword]) expect(kept).not.toContain(secret);
  });
});

describe('log-in', () => {
  test.each([
    ['a wrong password', 'admin', 'not the password'],
    ['an unknown name', 'nobody', 'not the password'],
    ['no password', 'admin', ''],
    ['the name of the terminal', 'terminal', 'not the password'],
    ['a name with SQL in it', "admin' or '1'='1", 'not the password'],
  ])('with %s is refused in the same words', async (_, name, password) => {
    await expect(logIn(name, password)).rejects.toMatchObject({
      code: 'credentials',
      message: 'The name or the password is wrong.',
    });
  });

  test('of a disabled user is refused in the same words, with the right password too', async () => {
    const { password } = await member('mei', 'analyst');
    await accounts.changeUser('mei', { disabled: true }, terminal);
    await expect(logIn('mei', password)).rejects.toMatchObject({ code: 'credentials' });
    await accounts.changeUser('mei', { disabled: false }, terminal);
    expect(await logIn('mei', password)).toHaveLength(43);
  });

  test('finds a name in any case of its letters', async () => {
    const { password } = await member('Mei', 'analyst');
    expect(await actorBy(cookie(await logIn('MEI', password)))).toMatchObject({ name: 'Mei' });
  });

  test('waits after five wrong passwords, and not after five right ones', async () => {
    const { password } = await member('mei', 'analyst');
    for (let times = 0; times < 8; times++) await logIn('mei', password);
    for (let times = 0; times < 5; times++)
      await expect(logIn('mei', 'wrong')).rejects.toMatchObject({ code: 'credentials' });
    await expect(logIn('mei', password)).rejects.toMatchObject({ code: 'attempts', seconds: 60 });
  });
});

describe('a session', () => {
  test.each([
    ['12 hours without use', [12 * 60], false],
    ['a use every 11 hours', [11 * 60, 11 * 60, 11 * 60], true],
    ['a use every 11 hours for 7 days', Array<number>(16).fill(11 * 60), false],
  ] as const)('after %s', async (_, uses, stands) => {
    const { token } = await member('mei', 'analyst');
    let found: Actor | undefined;
    for (const minutes of uses) {
      time.pass(minutes);
      found = await accounts.identify(cookie(token));
    }
    expect(found !== undefined).toBe(stands);
  });

  test.each([
    ['log-out', (token: string) => accounts.logOut(cookie(token))],
    ['being disabled', () => accounts.changeUser('mei', { disabled: true }, terminal)],
    ['another role', () => accounts.changeUser('mei', { role: 'viewer' }, terminal)],
    ['a reset of the password', () => accounts.changeUser('mei', { resetPassword: true }, terminal)],
    ['removal', () => accounts.removeUser('mei', terminal)],
  ])('is over after %s', async (_, happens) => {
    const { token } = await member('mei', 'analyst');
    await happens(token);
    expect(await accounts.identify(cookie(token))).toBeUndefined();
  });

  test('of another device is over when the password is changed; the one that changed it goes on under a new token', async () => {
    const { token, password, actor } = await member('mei', 'analyst');
    const elsewhere = await logIn('mei', password);
    const next = 'a quite different sentence';
    const renewed = await accounts.changePassword(actor, { current: password, next, address: '192.0.2.1' });
    const found = await Promise.all([token, elsewhere, renewed].map((each) => accounts.identify(cookie(each))));
    expect(found.map((each) => each?.name)).toEqual([undefined, undefined, 'mei']);
    expect(found[2]?.csrf).not.toBe(actor.csrf);
  });

  test('that a log-in brings along is ended, and its token is not used again', async () => {
    const { token, password } = await member('mei', 'analyst');
    const next = await logIn('mei', password, cookie(token));
    expect(next).not.toBe(token);
    expect(await accounts.identify(cookie(token))).toBeUndefined();
    const planted = await logIn('mei', password, cookie('planted-by-somebody'));
    expect(planted).not.toBe('planted-by-somebody');
    expect(await accounts.identify(cookie('planted-by-somebody'))).toBeUndefined();
  });
});

describe('a change of password', () => {
  test.each([
    ['a wrong one', 'wrong', 'another long sentence', 'credentials'],
    ['the same', undefined, undefined, 'password_same'],
    ['one letter', undefined, 'aaaaaaaaaaaa', 'password_weak'],
  ])('with %s is refused', async (_, current, next, code) => {
    const { actor, password } = await member('mei', 'analyst');
    const given = { current: current ?? password, next: next ?? password, address: '192.0.2.1' };
    await expect(accounts.changePassword(actor, given)).rejects.toMatchObject({ code });
  });

  test('is nothing for a key or the terminal', async () => {
    const given = { current: adminPassword, next: 'another long sentence', address: '192.0.2.1' };
    await expect(accounts.changePassword(terminal, given)).rejects.toMatchObject({ code: 'no_password' });
  });
});

describe('users', () => {
  test.each([
    ['removed', () => accounts.removeUser('admin', terminal)],
    ['demoted', () => accounts.changeUser('admin', { role: 'operator' }, terminal)],
    ['disabled', () => accounts.changeUser('admin', { disabled: true }, terminal)],
  ])('the last administrator cannot be %s, also where another one is disabled', async (_, happens) => {
    await accounts.addUser({ name: 'second', role: 'admin' }, terminal);
    await accounts.changeUser('second', { disabled: true }, terminal);
    await expect(happens()).rejects.toMatchObject({ code: 'last_administrator' });
    await accounts.changeUser('second', { disabled: false }, terminal);
    await happens();
    expect((await accounts.users()).find(({ name }) => name === 'second')).toMatchObject({ role: 'admin' });
  });

  test('two administrators who demote each other at once do not both succeed', async () => {
    await accounts.addUser({ name: 'second', role: 'admin' }, terminal);
    const both = await Promise.allSettled(
      ['admin', 'second'].map((name) => accounts.changeUser(name, { role: 'viewer' }, terminal)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('nobody removes themselves', async () => {
    const { actor } = await member('second', 'admin');
    await expect(accounts.removeUser('second', actor)).rejects.toMatchObject({ code: 'own_account' });
    await expect(accounts.removeUser('SECOND', actor)).rejects.toMatchObject({ code: 'own_account' });
  });

  test.each([['admin'], ['ADMIN'], ['terminal'], ['Ａdmin']])('the name %s is taken', async (name) => {
    await expect(accounts.addUser({ name, role: 'viewer' }, terminal)).rejects.toMatchObject({ code: 'user_exists' });
  });

  test('a reset password must be changed at the next log-in', async () => {
    const { password: before } = await member('mei', 'analyst');
    const { password = '', user } = await accounts.changeUser('mei', { resetPassword: true }, terminal);
    expect(user).toMatchObject({ mustChangePassword: true });
    await expect(logIn('mei', before)).rejects.toMatchObject({ code: 'credentials' });
    expect(await actorBy(cookie(await logIn('mei', password)))).toMatchObject({ mustChangePassword: true });
  });

  test.each([
    ['change', () => accounts.changeUser('nobody', { disabled: true }, terminal)],
    ['remove', () => accounts.removeUser('nobody', terminal)],
  ])('to %s an unknown one says so', async (_, happens) => {
    await expect(happens()).rejects.toMatchObject({ code: 'user', message: expect.stringContaining('nobody') });
  });
});

describe('a bearer', () => {
  test('of a key may do what its role may', async () => {
    const { key } = await accounts.addKey({ name: 'nightly', role: 'analyst' }, terminal);
    expect(key).toMatch(/^qk_[\w-]{43}$/);
    const actor = await actorBy(bearer(key));
    expect(actor).toMatchObject({ name: 'key:nightly', role: 'analyst', via: 'key', mustChangePassword: false });
    expect([...actor.permissions]).toEqual(['public', 'self', 'ask', 'watch', 'people']);
  });

  test.each([
    [['ask'], ['ask']],
    [['ask', 'administer'], ['ask']],
    [[], []],
  ] as const)('of a key of an analyst with the scopes %j may %j', async (scopes, may) => {
    const { key } = await accounts.addKey({ name: 'narrow', role: 'analyst', scopes }, terminal);
    expect([...(await actorBy(bearer(key))).permissions]).toEqual(may);
  });

  test('of the local token is the terminal', async () => {
    expect(await actorBy(bearer(localToken))).toMatchObject({ name: 'terminal', role: 'admin', via: 'local' });
  });

  test.each(['', 'qk_', 'qk_unknown', 'only-this-machin', `${'a'.repeat(300)}`])('of %j is nobody', async (sent) => {
    expect(await accounts.identify(bearer(sent))).toBeUndefined();
  });

  test('that is wrong is nobody, whatever cookie comes with it', async () => {
    const { token } = await member('mei', 'analyst');
    const headers = cookie(token);
    headers.set('authorization', 'Bearer qk_wrong');
    expect(await accounts.identify(headers)).toBeUndefined();
  });

  test('of a removed key is nobody', async () => {
    const { key } = await accounts.addKey({ name: 'nightly', role: 'analyst' }, terminal);
    await accounts.removeKey('nightly', terminal);
    expect(await accounts.identify(bearer(key))).toBeUndefined();
    await expect(accounts.removeKey('nightly', terminal)).rejects.toMatchObject({ code: 'key' });
  });

  test('is noted at most once a minute', async () => {
    const { key } = await accounts.addKey({ name: 'nightly', role: 'analyst' }, terminal);
    const used = async () => (await accounts.keys())[0]?.lastUsedAt;
    const noted = [await used()];
    const first = time.now().toISOString();
    for (const minutes of [0, 0.5, 0.5]) {
      time.pass(minutes);
      await accounts.identify(bearer(key));
      noted.push(await used());
    }
    expect(noted).toEqual([null, first, first, time.now().toISOString()]);
  });

  test.each([
    ['nightly', 'key_exists'],
    ['two words', 'name'],
    ['', 'name'],
    ['a/b', 'name'],
  ])('under the name %j cannot be made', async (name, code) => {
    await accounts.addKey({ name: 'nightly', role: 'analyst' }, terminal);
    await expect(accounts.addKey({ name, role: 'viewer' }, terminal)).rejects.toMatchObject({ code });
  });
});

describe('the audit', () => {
  test('holds every change with who made it, the latest first, page by page', async () => {
    await accounts.addUser({ name: 'mei', role: 'viewer' }, terminal);
    await accounts.changeUser('mei', { role: 'analyst' }, terminal);
    await accounts.addKey({ name: 'nightly', role: 'viewer', scopes: ['ask'] }, terminal);
    await accounts.removeKey('nightly', terminal);
    await accounts.removeUser('mei', terminal);
    const told: unknown[][] = [];
    let cursor: string | undefined;
    do {
      const page = await accounts.audit({ limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      told.push(...page.items.map(({ actor, action, detail }) => [actor, action, detail]));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(told).toEqual([
      ['terminal', 'user.remove', { name: 'mei' }],
      ['terminal', 'key.remove', { name: 'nightly' }],
      ['terminal', 'key.add', { name: 'nightly', role: 'viewer', scopes: ['ask'] }],
      ['terminal', 'user.change', { name: 'mei', role: 'analyst' }],
      ['terminal', 'user.add', { name: 'mei', role: 'viewer' }],
    ]);
  });

  test('refuses a cursor that it did not give', async () => {
    await expect(accounts.audit({ limit: 1, cursor: '1 or 1=1' })).rejects.toMatchObject({ code: 'cursor' });
  });
});
