import { AsyncLocalStorage } from 'node:async_hooks';
import type { Locks } from './locks.ts';
import type { Registry } from './registry.ts';
import { bound } from './values.ts';

/** Sends one statement with values already in PostgreSQL's text form. */
export type Send = (text: string, values: readonly (string | null)[]) => Promise<Record<string, unknown>[]>;

/** What an engine must offer to become a registry. */
export interface Driver {
  readonly kind: Registry['kind'];
  send: Send;
  /** Runs `work` between begin and commit on one connection; rolls back when it throws. */
  begin<T>(work: (send: Send) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

function rowsBy(send: Send): Registry['rows'] {
  return async <R extends Record<string, unknown>>(text: string, params: readonly unknown[] = []) =>
    // The caller states the shape of its own SELECT; the engines cannot.
    (await send(text, params.map(bound))) as R[];
}

/** An open transaction as a registry; a transaction inside it is a savepoint. */
function withinTransaction(outer: Pick<Registry, 'kind' | 'locks'>, send: Send, depth: number): Registry {
  return {
    ...outer,
    rows: rowsBy(send),
    async transaction(work) {
      const savepoint = `inner_${depth}`;
      await send(`savepoint ${savepoint}`, []);
      try {
        const result = await work(withinTransaction(outer, send, depth + 1));
        await send(`release savepoint ${savepoint}`, []);
        return result;
      } catch (error) {
        await send(`rollback to savepoint ${savepoint}`, []);
        throw error;
      }
    },
    async close() {
      throw new Error('A transaction ends with its work; only the registry itself is closed.');
    },
  };
}

/**
 * A driver as a registry. The outer registry is refused inside a transaction's work: embedded it would wait for itself
 * for ever, on a server it would quietly leave the transaction.
 */
export function registryOn(driver: Driver, locks: Locks): Registry {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const refuseInside = () => {
    if (inside.getStore()?.open) throw new Error('Inside a transaction, use the registry that its work is given.');
  };
  const rows = rowsBy(driver.send);
  const own = { kind: driver.kind, locks };
  return {
    ...own,
    async rows<R extends Record<string, unknown>>(text: string, params?: readonly unknown[]) {
      refuseInside();
      return rows<R>(text, params);
    },
    async transaction<T>(work: (registry: Registry) => Promise<T>) {
      refuseInside();
      const scope = { open: true };
      try {
        return await driver.begin((send) => inside.run(scope, () => work(withinTransaction(own, send, 1))));
      } finally {
        scope.open = false;
      }
    },
    async close() {
      await locks.close();
      await driver.close();
    },
  };
}
