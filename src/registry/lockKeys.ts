import { type LockName, lockNames } from './locks.ts';
import type { Session } from './session.ts';

/** First numbers of our advisory locks (any fixed ones): locks by name, servers, their sessions, files being taken in. */
export const [LOCKS, MEMBERS, SESSIONS, FILES] = [7_101, 7_102, 7_103, 7_104] as const;

/** Second number of a lock's key; the first is `LOCKS`. */
export const keyOf = (name: LockName): number => lockNames.indexOf(name);

/** Sessions that died holding a lock, or began to end what such had left and died too. */
export async function holdingOf(session: Session, name: LockName): Promise<readonly number[]> {
  const [row] = await session.rows<{ sessions: number[] }>('select sessions from holding where name = $1', [name]);
  return row?.sessions ?? [];
}

/** Notes that a session has a lock; gives those that died with it. */
export async function noteHolder(session: Session, name: LockName, number: number): Promise<readonly number[]> {
  const [row] = await session.rows<{ sessions: number[] }>(
    `insert into holding (name, sessions) values ($1, jsonb_build_array($2::int))
      on conflict (name) do update set sessions = holding.sessions || excluded.sessions returning sessions`,
    [name, number],
  );
  return (row?.sessions ?? []).slice(0, -1);
}

export async function setHolders(session: Session, name: LockName, sessions: readonly number[]): Promise<void> {
  await session.rows('update holding set sessions = $2 where name = $1', [name, JSON.stringify(sessions)]);
}

/** Second numbers of the locks of a kind that are held now, by whomever. */
export async function numbersHeld(session: Session, kind: number): Promise<ReadonlySet<number>> {
  const rows = await session.rows<{ number: number }>(
    `select distinct objid as number from pg_locks where locktype = 'advisory' and classid = $1::bigint::oid and objsubid = 2
      and granted and database = (select oid from pg_database where datname = current_database())`,
    [kind],
  );
  return new Set(rows.map(({ number }) => number));
}
