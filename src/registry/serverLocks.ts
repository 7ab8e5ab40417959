import { AsyncLocalStorage } from 'node:async_hooks';
import { keyOf, LOCKS, noteHolder, setHolders } from './lockKeys.ts';
import type { Heir, LockName, Locks, Member } from './locks.ts';
import { Opening } from './opening.ts';
import { isLoss, lostError, type Session } from './session.ts';
import { Turns } from './turns.ts';

/** What the work around holds, and by which opening. */
interface Having {
  readonly opening: Opening;
  readonly names: ReadonlySet<LockName>;
  /** False once the work is over: what it left behind holds nothing. */
  open: boolean;
}

/**
 * Locks of a PostgreSQL server, by connections of their own: they end when the connection does, however it ends. Note: a
 * pooler between that hands connections round would hand the locks round.
 */
export class ServerLocks implements Locks {
  readonly #open: () => Promise<Opening>;
  readonly #turns = new Turns();
  readonly #having = new AsyncLocalStorage<Having>();
  #opening: Opening | undefined;
  #coming: Promise<Opening> | undefined;
  #member: Member | undefined;
  #heir: Heir = async () => {};
  #listener = () => {};
  #closed = false;

  constructor(url: string, place: string) {
    this.#open = () => Opening.open(url, place, () => this.#listener());
  }

  get session(): number {
    return (this.#around()?.opening ?? this.#opening)?.number ?? 0;
  }

  async join(member: Member): Promise<readonly Member[]> {
    const opening = await this.#current();
    const others = await opening.join(member);
    this.#member = member;
    return others;
  }

  inherit(heir: Heir): void {
    this.#heir = heir;
  }

  async living(): Promise<ReadonlySet<number>> {
    return (await this.#current()).living();
  }

  alone<T>(name: LockName, work: () => Promise<T>): Promise<T> {
    if (this.#has(name)) return work();
    return this.#again(work, (own) => {
      if (name === 'gate') return this.#gateAlone(own);
      return this.#turns.of(name).take(() =>
        this.#withSession(async (opening, session) => {
          await session.rows('select pg_advisory_lock($1, $2)', [LOCKS, keyOf(name)]);
          return this.#holding(name, opening, session, own);
        }),
      );
    });
  }

  async tryAlone<T>(name: LockName, work: () => Promise<T>): Promise<{ readonly done: T } | undefined> {
    if (this.#has(name)) return { done: await work() };
    const turn = this.#turns.of(name);
    if (turn.isBusy) return undefined;
    return this.#again(work, (own) =>
      turn.take(() =>
        this.#withSession(async (opening, session) => {
          const [row] = await session.rows<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [
            LOCKS,
            keyOf(name),
          ]);
          return row?.mine ? { done: await this.#holding(name, opening, session, own) } : undefined;
        }),
      ),
    );
  }

  shared<T>(work: () => Promise<T>): Promise<T> {
    return this.#has('gate') ? work() : this.#again(work, (own) => this.#sharing(own));
  }

  hold<T>(file: number, work: () => Promise<T>): Promise<T> {
    return this.#again(work, async (own) => {
      const opening = await this.#current();
      await opening.hold(file);
      try {
        return await this.#within(opening, undefined, own);
      } finally {
        await opening.release(file).catch(() => {});
      }
    });
  }

  async held(): Promise<ReadonlySet<number>> {
    return (await this.#current()).held();
  }

  async announce(): Promise<void> {
    await (await this.#current()).announce();
  }

  listen(listener: () => void): void {
    this.#listener = listener;
  }

  async check(): Promise<void> {
    await (await this.#current()).prove();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#coming?.catch(() => {});
    await this.#opening?.close();
  }

  /** Takes a lock a second time where the connections prove lost before the work has begun: they broke while idle. */
  async #again<T, R>(work: () => Promise<T>, take: (own: () => Promise<T>) => Promise<R>): Promise<R> {
    let begun = false;
    const own = () => {
      begun = true;
      return work();
    };
    try {
      return await take(own);
    } catch (error) {
      if (begun || this.#around() || this.#closed || !isLoss(error)) throw error;
      return take(own);
    }
  }

  async #sharing<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const opening = await this.#current();
      const formers = await opening.gate.enter();
      try {
        if (formers.length === 0) {
          const result = await this.#within(opening, 'gate', work);
          // Note: what was read is whole only if the gate was held to the end.
          await opening.proveGate();
          return result;
        }
      } finally {
        await opening.gate.leave().catch(() => {});
      }
      await this.#gateAlone(async () => {});
    }
  }

  #has(name: LockName): boolean {
    return this.#around()?.names.has(name) === true;
  }

  #around(): Having | undefined {
    const having = this.#having.getStore();
    return having?.open ? having : undefined;
  }

  /** The opening of the work around, or the one of this process; one that was lost is followed by a new one. */
  async #current(): Promise<Opening> {
    const around = this.#around()?.opening;
    if (around?.isLost || this.#closed) throw lostError();
    if (around) return around;
    await this.#opening?.prove().catch(() => {});
    if (this.#opening && !this.#opening.isLost) return this.#opening;
    this.#coming ??= this.#enter().finally(() => {
      this.#coming = undefined;
    });
    return this.#coming;
  }

  async #enter(): Promise<Opening> {
    const opening = await this.#open();
    try {
      if (this.#member) await opening.join(this.#member);
    } catch (error) {
      await opening.close();
      throw error;
    }
    this.#opening = opening;
    return opening;
  }

  async #within<T>(opening: Opening, name: LockName | undefined, work: () => Promise<T>): Promise<T> {
    const names = new Set(this.#around()?.names);
    if (name) names.add(name);
    const having = { opening, names, open: true };
    try {
      return await this.#having.run(having, work);
    } finally {
      having.open = false;
    }
  }

  async #gateAlone<T>(work: () => Promise<T>): Promise<T> {
    const opening = await this.#current();
    return opening.gate.alone((session) => this.#holding('gate', opening, session, work));
  }

  async #withSession<T>(work: (opening: Opening, session: Session) => Promise<T>): Promise<T> {
    const opening = await this.#current();
    const session = await opening.borrow();
    try {
      return await work(opening, session);
    } finally {
      opening.giveBack(session);
    }
  }

  async #noted(name: LockName, opening: Opening, session: Session): Promise<readonly number[]> {
    try {
      return await noteHolder(session, name, opening.number);
    } catch (error) {
      opening.lose();
      throw error;
    }
  }

  /** Runs work under a lock that its session has, after what holders that died had begun is ended; then gives it back. */
  async #holding<T>(name: LockName, opening: Opening, session: Session, work: () => Promise<T>): Promise<T> {
    let left = await this.#noted(name, opening, session);
    try {
      return await this.#within(opening, name, async () => {
        if (left.length > 0) await this.#heir(name, left);
        left = [];
        return work();
      });
    } finally {
      // Note: where the connection is lost, the note of who had the lock stays for the next one, and the lock is free.
      await setHolders(session, name, left)
        .then(() => session.rows('select pg_advisory_unlock($1, $2)', [LOCKS, keyOf(name)]))
        .catch(() => opening.lose());
    }
  }
}
