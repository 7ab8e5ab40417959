import { holdingOf, keyOf, LOCKS } from './lockKeys.ts';
import type { Session } from './session.ts';
import { InTurn } from './turns.ts';

const key = [LOCKS, keyOf('gate')];

/**
 * The gate between processes. Readers of one process share one lock of its session; who comes while others read asks
 * beforehand whether somebody waits to be alone, and then waits until the readers before are gone: none starves.
 */
export class FairLock {
  readonly #session: Session;
  /** A session that never waits. */
  readonly #quick: Session;
  readonly #entry = new InTurn();
  #readers = 0;
  #formers: readonly number[] = [];
  #emptied: Array<() => void> = [];

  constructor(session: Session, quick: Session) {
    this.#session = session;
    this.#quick = quick;
  }

  /** Comes in as a reader; gives who died in the middle of a change that nobody has ended since. */
  enter(): Promise<readonly number[]> {
    return this.#entry.take(async () => {
      if (this.#readers > 0 && !(await this.#isWelcome())) await this.#empty();
      if (this.#readers === 0) await this.#begin();
      this.#readers += 1;
      return this.#formers;
    });
  }

  /** Fails when what this process holds was lost. */
  async prove(): Promise<void> {
    await this.#session.rows('select 1');
  }

  async leave(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    for (const go of this.#emptied.splice(0)) go();
    // Note: a session sends in order, so that the next lock is asked for after this one is given back.
    await this.#session.rows('select pg_advisory_unlock_shared($1, $2)', key);
  }

  /** Runs `work`, which is given the lock's session, when no reader is inside, of whatever process. */
  alone<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#entry.take(async () => {
      await this.#empty();
      await this.#session.rows('select pg_advisory_lock($1, $2)', key);
      return work(this.#session);
    });
  }

  async #begin(): Promise<void> {
    await this.#session.rows('select pg_advisory_lock_shared($1, $2)', key);
    try {
      this.#formers = await holdingOf(this.#session, 'gate');
    } catch (error) {
      await this.#session.rows('select pg_advisory_unlock_shared($1, $2)', key).catch(() => {});
      throw error;
    }
  }

  async #isWelcome(): Promise<boolean> {
    const [row] = await this.#quick.rows<{ free: boolean }>(
      'select pg_try_advisory_xact_lock_shared($1, $2) as free',
      key,
    );
    return row?.free === true;
  }

  async #empty(): Promise<void> {
    if (this.#readers > 0) await new Promise<void>((go) => this.#emptied.push(go));
  }
}
