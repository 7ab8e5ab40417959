/** The one door to definitions, imports, jobs and audit: PGlite or PostgreSQL, the same SQL. */
export interface Registry {
  readonly kind: 'embedded' | 'server';
  /** Rows of a statement; values are bound as `$1`, `$2`... */
  rows<R extends Record<string, unknown> = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
  ): Promise<R[]>;
  /** All of `work` or none of it. */
  transaction<T>(work: (registry: Registry) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
