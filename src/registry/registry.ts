import type { Locks } from './locks.ts';

/**
 * The one door to definitions, imports, jobs and audit: PGlite or PostgreSQL, the same SQL.
 *
 * Bound values travel as text: an object or an array becomes JSON, a Date an ISO moment, undefined is null. A scalar for
 * a jsonb column is given as `JSON.stringify(value)`; a list for `in` as `(select jsonb_array_elements_text($1))`.
 * Rows come back with numbers where a number holds the value exactly (bigint or text where not), jsonb parsed, moments
 * as ISO text in UTC to the millisecond, days as `YYYY-MM-DD`; any other type as PostgreSQL writes it.
 */
export interface Registry {
  readonly kind: 'embedded' | 'server';
  /** What this process holds among the servers on the registry. */
  readonly locks: Locks;
  /** Rows of one statement; values are bound as `$1`, `$2`... */
  rows<R extends Record<string, unknown> = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
  ): Promise<R[]>;
  /**
   * All of `work` or none of it. `work` uses the registry it is given, never the outer one; a transaction inside a
   * transaction may fail alone.
   */
  transaction<T>(work: (registry: Registry) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
