import type { Role } from '../api/permissions.ts';
import { ConflictError, InputError, NotFoundError } from '../base/errors.ts';
import type { Registry } from '../registry/registry.ts';
import { writeAudit } from './audit.ts';
import { nameIn } from './names.ts';
import { hashOf, newPassword } from './passwords.ts';
import { endSessionsOf } from './sessions.ts';

/** Someone who may log in, as lists show them. */
export interface User {
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly mustChangePassword: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}

/** What an administrator changes of a user. */
export interface UserChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly resetPassword?: true | undefined;
}

/** A user and, where one was made, the password that is told this once. */
export interface UserMade {
  readonly user: User;
  readonly password?: string;
}

/** An account as the registry keeps it. */
export interface Account extends Record<string, unknown> {
  readonly name: string;
  readonly role: Role;
  readonly password: string | null;
  /** Who this is at the provider of identities, where it comes from there. */
  readonly subject: string | null;
  readonly disabled: boolean;
  readonly must_change: boolean;
  readonly created_at: string;
  readonly last_seen_at: string | null;
}

const columns = 'name, role, password, subject, disabled, must_change, created_at, last_seen_at';

/** Names that the audit gives to what is no user. */
const reserved = new Set(['terminal', 'system']);

const userOf = (account: Account): User => ({
  name: account.name,
  role: account.role,
  disabled: account.disabled,
  mustChangePassword: account.must_change,
  createdAt: account.created_at,
  lastSeenAt: account.last_seen_at,
});

/** Every user, by name. */
export async function usersIn(registry: Registry): Promise<User[]> {
  return (await registry.rows<Account>(`select ${columns} from account order by name`)).map(userOf);
}

/** The account of a name in any case; undefined where there is none. */
export async function accountOf(registry: Registry, name: string): Promise<Account | undefined> {
  // Note: no text of PostgreSQL holds a NUL, and it is an error to ask.
  if (name.includes('\0')) return undefined;
  const [account] = await registry.rows<Account>(`select ${columns} from account where lower(name) = lower($1)`, [
    name,
  ]);
  return account;
}

async function knownAccount(registry: Registry, name: string): Promise<Account> {
  const account = await accountOf(registry, name);
  if (account) return account;
  throw new NotFoundError('user', `No user is called ${name}. See the list of users.`);
}

/** Makes an account; undefined where the name is taken, in any case of its letters. */
export async function insertAccount(
  registry: Registry,
  account: Pick<Account, 'name' | 'role' | 'password' | 'subject' | 'must_change'>,
  now: Date,
): Promise<User | undefined> {
  const { name, role, password, subject, must_change } = account;
  if (reserved.has(name.toLowerCase())) return undefined;
  const [made] = await registry.rows<Account>(
    `insert into account (name, role, password, subject, must_change, created_at) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing returning ${columns}`,
    [name, role, password, subject, must_change, now],
  );
  return made && userOf(made);
}

/** Makes a user with a password to be changed at the first log-in. */
export async function addUser(
  registry: Registry,
  given: { readonly name: string; readonly role: Role },
  by: string,
  now: Date,
): Promise<UserMade> {
  const name = nameIn(given.name);
  const password = newPassword();
  const kept = { name, role: given.role, password: await hashOf(password), subject: null, must_change: true };
  return registry.transaction(async (inner) => {
    const user = await insertAccount(inner, kept, now);
    if (!user) throw new ConflictError('user_exists', `The name ${name} is taken. Choose another.`);
    await writeAudit(inner, by, 'user.add', { name, role: given.role });
    return { user, password };
  });
}

/** Whether nobody else could administer; locks those who can until the transaction ends. */
export async function isOnlyAdministrator(registry: Registry, name: string): Promise<boolean> {
  const administrators = await registry.rows<{ name: string }>(
    `select name from account where role = 'admin' and not disabled order by name for update`,
  );
  return administrators.length === 1 && administrators[0]?.name === name;
}

async function requireAnother(registry: Registry, name: string): Promise<void> {
  if (await isOnlyAdministrator(registry, name))
    throw new ConflictError(
      'last_administrator',
      `${name} is the last administrator. Make another one first, then change this one.`,
    );
}

/** Changes what a user may do; ends the user's sessions, so that no open page goes on with rights it no longer has. */
export async function changeUser(registry: Registry, asked: string, change: UserChange, by: string): Promise<UserMade> {
  if (Object.values(change).every((each) => each === undefined))
    throw new InputError('change', 'Nothing is to be changed. Give role, disabled or resetPassword.');
  const password = change.resetPassword ? newPassword() : undefined;
  const kept = password === undefined ? undefined : await hashOf(password);
  return registry.transaction(async (inner) => {
    const { name, subject } = await knownAccount(inner, asked);
    if (kept !== undefined && subject !== null)
      throw new ConflictError(
        'no_password',
        `${name} logs in through the provider of identities and has no password here. Reset it there.`,
      );
    const loses = change.disabled === true || (change.role !== undefined && change.role !== 'admin');
    if (loses) await requireAnother(inner, name);
    const [account] = await inner.rows<Account>(
      `update account set role = coalesce($2, role), disabled = coalesce($3::boolean, disabled),
        password = coalesce($4, password), must_change = must_change or $4::text is not null
        where name = $1 returning ${columns}`,
      [name, change.role, change.disabled, kept],
    );
    if (!account) throw new NotFoundError('user', `${name} was removed meanwhile. See the list of users.`);
    await endSessionsOf(inner, name);
    await writeAudit(inner, by, 'user.change', { name, ...change });
    return { user: userOf(account), ...(password === undefined ? {} : { password }) };
  });
}

/** Removes a user for good; what the audit says of them stays. */
export async function removeUser(registry: Registry, asked: string, by: string): Promise<void> {
  await registry.transaction(async (inner) => {
    const { name } = await knownAccount(inner, asked);
    if (name === by) throw new ConflictError('own_account', 'Nobody removes themselves. Ask another administrator.');
    await requireAnother(inner, name);
    await inner.rows('delete from account where name = $1', [name]);
    await writeAudit(inner, by, 'user.remove', { name });
  });
}

/** Gives a user the password they chose, and ends their sessions; what is kept of it. */
export async function setPassword(registry: Registry, account: Account, next: string): Promise<string> {
  if (next === next.charAt(0).repeat(next.length) || folds(next) === folds(account.name))
    throw new InputError('password_weak', 'Choose a password that is not the name and not one character repeated.');
  const kept = await hashOf(next);
  await registry.transaction(async (inner) => {
    await inner.rows('update account set password = $2, must_change = false where name = $1', [account.name, kept]);
    await endSessionsOf(inner, account.name);
    await writeAudit(inner, account.name, 'password.change');
  });
  return kept;
}

const folds = (text: string): string => text.normalize('NFKC').toLowerCase();
