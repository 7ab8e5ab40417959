import { permissionsOf, type Role } from '../api/permissions.ts';
import { ConflictError, QianchengError } from '../base/errors.ts';
import type { Registry } from '../registry/registry.ts';
import type { Actor } from './actor.ts';
import { auditPage, writeAudit } from './audit.ts';
import { cookieIn } from './cookies.ts';
import { ensureAdministrator } from './first.ts';
import { addKey, keyOf, keysIn, type NewKey, removeKey } from './keys.ts';
import { type Limits, limits } from './limits.ts';
import { type OidcConfig, oidcOf, type Vouched } from './oidc.ts';
import { matches } from './passwords.ts';
import { type Recent, recent } from './recent.ts';
import { beginSession, csrfOf, endSession, forgetSessions, guestOf, type Known, sessionCookie } from './sessions.ts';
import { isSame } from './tokens.ts';
import { accountOf, addUser, changeUser, removeUser, setPassword, type UserChange, usersIn } from './users.ts';
import { accountVouched } from './vouched.ts';

export interface AccountOptions {
  readonly now: () => Date;
  /** The home's key; signs what a browser carries to a provider of identities and back. */
  readonly key: Buffer;
  /** A bearer of it is the terminal of this machine, with every right. */
  readonly localToken?: string | undefined;
  readonly oidc?: OidcConfig | undefined;
}

/** The name or the password is wrong, or the account is disabled; which of them is not said. */
export class CredentialsError extends QianchengError {
  readonly exitCode = 2;

  constructor() {
    super('credentials', 'The name or the password is wrong.');
  }
}

/** What someone gives to log in, and from where. */
export interface LogIn {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  /** The request's; a session that it brings is ended, never taken over. */
  readonly headers: Headers;
}

/** Who may do what here: users, their sessions, keys of programs, and the audit of changes. */
export type Accounts = Awaited<ReturnType<typeof openAccounts>>;

/** The accounts of a registry. */
export async function openAccounts(registry: Registry, options: AccountOptions) {
  const { now } = options;
  const limited = limits();
  const oidc = options.oidc && oidcOf(options.oidc, options.key);
  await forgetSessions(registry, now());
  const known = recent<Actor>(now);
  const changing = async <T>(change: Promise<T>): Promise<T> => {
    try {
      return await change;
    } finally {
      known.forget();
    }
  };
  return {
    identify: (headers: Headers): Promise<Actor | undefined> => identify(registry, options, known, headers),
    ensureAdministrator: () => ensureAdministrator(registry, now()),
    /** The token of a new session. */
    logIn: (given: LogIn) => changing(logIn(registry, limited, given, now())),
    logOut: (headers: Headers) => changing(logOut(registry, headers)),
    /** The token of the session that goes on; every other one of the user is over. */
    changePassword: (actor: Actor, given: PasswordGiven) =>
      changing(changePassword(registry, limited, actor, given, now())),
    users: () => usersIn(registry),
    addUser: (given: { readonly name: string; readonly role: Role }, by: Actor) =>
      addUser(registry, given, by.name, now()),
    changeUser: (name: string, change: UserChange, by: Actor) => changing(changeUser(registry, name, change, by.name)),
    removeUser: (name: string, by: Actor) => changing(removeUser(registry, name, by.name)),
    keys: () => keysIn(registry),
    addKey: (given: NewKey, by: Actor) => addKey(registry, given, by.name, now()),
    removeKey: (name: string, by: Actor) => changing(removeKey(registry, name, by.name)),
    audit: (page: { readonly limit: number; readonly cursor?: string | undefined }) => auditPage(registry, page),
    /** Log-in through a provider of identities; undefined where none is configured. */
    oidc: oidc && {
      title: oidc.title,
      begin: (redirectUri: string) => oidc.begin(redirectUri, now()),
      /** The token of a new session of whom the provider vouches for. */
      end: (address: URL, ticket: string | undefined, headers: Headers) =>
        changing(vouchedIn(registry, oidc.end(address, ticket, now()), headers, now())),
    },
  };
}

/** An old password and the new one. */
export interface PasswordGiven {
  readonly current: string;
  readonly next: string;
  readonly address: string;
}

async function vouchedIn(registry: Registry, who: Promise<Vouched>, headers: Headers, now: Date): Promise<string> {
  const known = await accountVouched(registry, await who, now);
  await logOut(registry, headers);
  return begun(registry, known, { by: 'oidc' }, now);
}

async function identify(
  registry: Registry,
  { now, localToken }: AccountOptions,
  known: Recent<Actor>,
  headers: Headers,
): Promise<Actor | undefined> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const sent = /^Bearer +([\w-]{1,200})$/i.exec(authorization)?.[1];
    if (sent === undefined) return undefined;
    if (localToken !== undefined && isSame(sent, localToken)) return actorOf('terminal', 'admin', 'local');
    return known.find(`key ${sent}`, () => programOf(registry, sent, now()));
  }
  const token = cookieIn(headers, sessionCookie);
  return token === undefined ? undefined : known.find(`session ${token}`, () => visitorOf(registry, token, now()));
}

async function programOf(registry: Registry, sent: string, now: Date): Promise<Actor | undefined> {
  const key = await keyOf(registry, sent, now);
  if (!key) return undefined;
  const actor = actorOf(`key:${key.name}`, key.role, 'key');
  return key.scopes === null ? actor : { ...actor, permissions: narrowed(actor, key.scopes) };
}

async function visitorOf(registry: Registry, token: string, now: Date): Promise<Actor | undefined> {
  const guest = await guestOf(registry, token, now);
  if (!guest) return undefined;
  const actor = actorOf(guest.name, guest.role, 'session');
  return { ...actor, mustChangePassword: guest.must_change, csrf: csrfOf(token) };
}

function actorOf(name: string, role: Role, via: Actor['via']): Actor {
  return { name, role, via, permissions: new Set(permissionsOf(role)), mustChangePassword: false };
}

const narrowed = (actor: Actor, scopes: readonly string[]): ReadonlySet<string> =>
  new Set(scopes.filter((scope) => actor.permissions.has(scope)));

async function logIn(registry: Registry, limited: Limits, given: LogIn, now: Date): Promise<string> {
  await limited.admit(given.address, given.name);
  const account = await accountOf(registry, given.name.normalize('NFKC'));
  const isRight = await matches(account?.password, given.password);
  if (!account || !isRight || account.disabled) throw new CredentialsError();
  await limited.forgive(given.address, given.name);
  await logOut(registry, given.headers);
  await forgetSessions(registry, now);
  return begun(registry, account, { by: 'password' }, now);
}

async function begun(registry: Registry, known: Known, how: { readonly by: string }, now: Date): Promise<string> {
  const token = await beginSession(registry, known, now);
  if (token === undefined) throw new CredentialsError();
  await writeAudit(registry, known.name, 'session.begin', how);
  return token;
}

async function logOut(registry: Registry, headers: Headers): Promise<void> {
  const token = cookieIn(headers, sessionCookie);
  if (token !== undefined) await endSession(registry, token);
}

async function changePassword(
  registry: Registry,
  limited: Limits,
  actor: Actor,
  { current, next, address }: PasswordGiven,
  now: Date,
): Promise<string> {
  const account = actor.via === 'session' ? await accountOf(registry, actor.name) : undefined;
  if (!account || account.password === null)
    throw new ConflictError('no_password', `${actor.name} has no password here to be changed.`);
  await limited.admit(address, account.name);
  if (!(await matches(account.password, current))) throw new CredentialsError();
  await limited.forgive(address, account.name);
  if (current === next) throw new ConflictError('password_same', 'The new password is the old one. Choose another.');
  const { name } = account;
  return begun(registry, { name, password: await setPassword(registry, account, next) }, { by: 'password' }, now);
}
