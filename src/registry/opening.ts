import { ConflictError } from '../base/errors.ts';
import { FairLock } from './fairLock.ts';
import { FILES, MEMBERS, numbersHeld, SESSIONS } from './lockKeys.ts';
import type { Member } from './locks.ts';
import { lostError, Session } from './session.ts';

/** How long an answer of the server proves that nothing is lost: between two statements of a change it is asked again. */
const PROVEN_MS = 500;
/** Time for an answer of a connection that never waits: beyond it, it is lost. */
const ANSWER_MS = 10_000;
const CHANNEL = 'qiancheng_jobs';
const SEEN_MS = 10_000;
/** A former process of the same home may not have gone quite yet. */
const COMING_MS = 200;
const COMING_ATTEMPTS = 25;

/** Connections of one server that live and die together: when one is lost, all that any of them held is lost. */
export class Opening {
  readonly number: number;
  readonly gate: FairLock;
  readonly #quick: Session;
  readonly #all: Set<Session>;
  readonly #idle: Session[] = [];
  readonly #connect: () => Promise<Session>;
  #lost = false;
  #proven = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(number: number, quick: Session, gate: Session, connect: () => Promise<Session>) {
    this.number = number;
    this.gate = new FairLock(gate, quick);
    this.#quick = quick;
    this.#all = new Set([quick, gate]);
    this.#connect = connect;
  }

  /** Connects, under a number that nobody else has. */
  static async open(url: string, place: string, heard: () => void): Promise<Opening> {
    let opening: Opening | undefined;
    const lost = () => opening?.lose();
    const connect = () => Session.open(url, place, lost);
    const quick = await Session.open(url, place, lost, ANSWER_MS);
    try {
      const [row] = await quick.rows<{ number: number }>(`select nextval('server_session') as number`);
      if (!row) throw new Error('the registry gave no session number');
      await quick.rows('select pg_advisory_lock($1, $2)', [SESSIONS, row.number]);
      quick.onNotice(heard);
      await quick.rows(`listen ${CHANNEL}`);
      opening = new Opening(row.number, quick, await connect(), connect);
      return opening;
    } catch (error) {
      await quick.close();
      throw error;
    }
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** Enters under the home's id, which no other living process may have. */
  async join({ id, name, settings }: Member): Promise<readonly Member[]> {
    if (!(await this.#claim(id)))
      throw new ConflictError(
        'server_twice',
        'Another running process works on this registry with the home of the same id: a copy of this home, or this home after its machine was lost. Stop the other one; for a copy that is to be a server of its own, remove the file `server` from it.',
      );
    await this.#quick.rows(
      `insert into server (id, name, session, settings) values ($1, $2, $3, $4)
        on conflict (id) do update set name = excluded.name, session = excluded.session, settings = excluded.settings, seen_at = now()`,
      [id, name, this.number, JSON.stringify(settings)],
    );
    this.#timer ??= setInterval(() => void this.#seen(id), SEEN_MS).unref();
    const others = await this.#quick.rows<Member & { session: number } & Record<string, unknown>>(
      'select id, name, session, settings from server where id <> $1',
      [id],
    );
    const living = await this.living();
    return others.filter(({ session }) => living.has(session));
  }

  living(): Promise<ReadonlySet<number>> {
    return numbersHeld(this.#quick, SESSIONS);
  }

  held(): Promise<ReadonlySet<number>> {
    return numbersHeld(this.#quick, FILES);
  }

  async announce(): Promise<void> {
    await this.#quick.rows('select pg_notify($1, $2)', [CHANNEL, String(this.number)]);
  }

  async hold(file: number): Promise<void> {
    await this.#quick.rows('select pg_advisory_lock_shared($1, $2)', [FILES, file]);
  }

  async release(file: number): Promise<void> {
    await this.#quick.rows('select pg_advisory_unlock_shared($1, $2)', [FILES, file]);
  }

  /** Refuses when what is held here was lost. */
  async prove(): Promise<void> {
    if (this.#lost) throw lostError();
    if (this.#proven) return;
    try {
      await this.#quick.rows('select 1');
    } catch (error) {
      this.lose();
      throw lostError(error);
    }
    this.#proven = true;
    setTimeout(() => {
      this.#proven = false;
    }, PROVEN_MS).unref();
  }

  /** Refuses when what was read under the gate may not be whole. */
  async proveGate(): Promise<void> {
    await this.gate.prove().catch((error: unknown) => {
      this.lose();
      throw lostError(error);
    });
  }

  /** A connection for a lock that may be waited for. */
  async borrow(): Promise<Session> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const session = await this.#connect();
    if (this.#lost) {
      await session.close();
      throw lostError();
    }
    this.#all.add(session);
    return session;
  }

  giveBack(session: Session): void {
    this.#idle.push(session);
  }

  lose(): void {
    if (this.#lost) return;
    void this.close();
  }

  async close(): Promise<void> {
    this.#lost = true;
    clearInterval(this.#timer);
    await Promise.all([...this.#all].map((session) => session.close()));
  }

  async #claim(id: string): Promise<boolean> {
    for (let attempt = 0; attempt < COMING_ATTEMPTS; attempt += 1) {
      const [row] = await this.#quick.rows<{ mine: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as mine', [
        MEMBERS,
        id,
      ]);
      if (row?.mine) return true;
      await new Promise((go) => setTimeout(go, COMING_MS));
    }
    return false;
  }

  async #seen(id: string): Promise<void> {
    await this.#quick.rows('update server set seen_at = now() where id = $1', [id]).catch(() => {});
  }
}
