import type { Role } from '../api/permissions.ts';
import type { Registry } from '../registry/registry.ts';
import { digestOf, newToken, sealOf } from './tokens.ts';

/** The cookie that holds the token of a session. */
export const sessionCookie = 'qiancheng_session';

const minute = 60_000;
/** A session that nobody used for so long is over. */
const idleMs = 12 * 60 * minute;
/** A session is over so long after it began. */
export const sessionMs = 7 * 24 * 60 * minute;
/** How often the use of a session or a key is noted at most. */
export const noteMs = minute;

/** Whose session it is. */
export interface Guest extends Record<string, unknown> {
  readonly name: string;
  readonly role: Role;
  readonly must_change: boolean;
  readonly seen_at: string;
}

/** What a browser sends back with every change: drawn from the token, so that only who holds the cookie knows it. */
export const csrfOf = (token: string): string => sealOf(token, 'csrf');

/** Whom a session is begun for: the name, and what is kept of the password that it was begun with. */
export interface Known {
  readonly name: string;
  readonly password: string | null;
}

/**
 * A new session; its token is told here and nowhere else. Undefined where the password was changed or the account
 * disabled since it was looked at.
 */
export async function beginSession(registry: Registry, known: Known, now: Date): Promise<string | undefined> {
  const token = newToken();
  const begun = await registry.rows(
    `insert into login_session (digest, account, created_at, seen_at)
      select $1, name, $4::timestamptz, $4::timestamptz from account
      where name = $2 and password is not distinct from $3 and not disabled returning account`,
    [digestOf(token), known.name, known.password, now],
  );
  if (begun.length === 0) return undefined;
  await registry.rows('update account set last_seen_at = $2 where name = $1', [known.name, now]);
  return token;
}

/** The account behind a token, where its session stands and the account is not disabled. */
export async function guestOf(registry: Registry, token: string, now: Date): Promise<Guest | undefined> {
  const digest = digestOf(token);
  const [guest] = await registry.rows<Guest>(
    `select a.name, a.role, a.must_change, s.seen_at from login_session s join account a on a.name = s.account
      where s.digest = $1 and not a.disabled and s.seen_at > $2 and s.created_at > $3`,
    [digest, new Date(now.getTime() - idleMs), new Date(now.getTime() - sessionMs)],
  );
  if (guest && now.getTime() - Date.parse(guest.seen_at) >= noteMs) {
    await registry.rows('update login_session set seen_at = $2 where digest = $1', [digest, now]);
    await registry.rows('update account set last_seen_at = $2 where name = $1', [guest.name, now]);
  }
  return guest;
}

export async function endSession(registry: Registry, token: string): Promise<void> {
  await registry.rows('delete from login_session where digest = $1', [digestOf(token)]);
}

/** Ends every session of an account: its password, its role or its right to be here changed. */
export async function endSessionsOf(registry: Registry, account: string): Promise<void> {
  await registry.rows('delete from login_session where account = $1', [account]);
}

/** Forgets sessions that are over. */
export async function forgetSessions(registry: Registry, now: Date): Promise<void> {
  await registry.rows('delete from login_session where seen_at <= $1 or created_at <= $2', [
    new Date(now.getTime() - idleMs),
    new Date(now.getTime() - sessionMs),
  ]);
}
