import { AsyncLocalStorage } from 'node:async_hooks';
import type { LockName, Locks, Member } from './locks.ts';
import type { Registry } from './registry.ts';
import { Turns } from './turns.ts';

/** The locks of a registry that one process has to itself: turns within it, and nobody to inherit from. */
export class LocalLocks implements Locks {
  session = 0;
  readonly #turns = new Turns();
  readonly #having = new AsyncLocalStorage<{ readonly names: ReadonlySet<LockName>; open: boolean }>();
  readonly #files = new Set<number>();

  /** Takes the number of this opening. */
  async begin(registry: Registry): Promise<void> {
    const [row] = await registry.rows<{ number: number }>(`select nextval('server_session') as number`);
    this.session = row?.number ?? 0;
  }

  async join(): Promise<readonly Member[]> {
    return [];
  }

  inherit(): void {}

  async living(): Promise<ReadonlySet<number>> {
    return new Set([this.session]);
  }

  alone<T>(name: LockName, work: () => Promise<T>): Promise<T> {
    const names = this.#names();
    if (names.has(name)) return work();
    return this.#turns.of(name).take(async () => {
      const having = { names: new Set([...names, name]), open: true };
      try {
        return await this.#having.run(having, work);
      } finally {
        having.open = false;
      }
    });
  }

  async tryAlone<T>(name: LockName, work: () => Promise<T>): Promise<{ readonly done: T } | undefined> {
    const isFree = this.#names().has(name) || !this.#turns.of(name).isBusy;
    return isFree ? { done: await this.alone(name, work) } : undefined;
  }

  shared<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async hold<T>(file: number, work: () => Promise<T>): Promise<T> {
    this.#files.add(file);
    try {
      return await work();
    } finally {
      this.#files.delete(file);
    }
  }

  async held(): Promise<ReadonlySet<number>> {
    return this.#files;
  }

  async announce(): Promise<void> {}

  listen(): void {}

  async check(): Promise<void> {}

  async close(): Promise<void> {}

  /** What the work around has. */
  #names(): ReadonlySet<LockName> {
    const having = this.#having.getStore();
    return having?.open ? having.names : new Set();
  }
}
