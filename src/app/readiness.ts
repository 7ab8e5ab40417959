import type { Context } from '../intake/context.ts';
import { sql } from '../warehouse/sql.ts';
import { Probe } from './probe.ts';

/** Whether the two stores of a home answer. */
export interface Answering {
  readonly warehouse: boolean;
  readonly registry: boolean;
}

/**
 * Milliseconds without an answer after which a store counts as gone. Note: an embedded engine works on four statements
 * at once and may be busy with long ones; its death is known at once. A server takes one more statement at any time.
 */
const BUSY_MS = 300_000;
const SILENT_MS = 5_000;

/** Gives what asks both stores for a sign of life. */
export function openAnswering({
  warehouse,
  registry,
}: Pick<Context, 'warehouse' | 'registry'>): () => Promise<Answering> {
  const probe = (ask: () => Promise<unknown>, kind: string) =>
    new Probe(ask, { patienceMs: kind === 'embedded' ? BUSY_MS : SILENT_MS, clock: () => performance.now() });
  const facts = probe(() => warehouse.rows(sql`SELECT 1 AS one`), warehouse.kind);
  const books = probe(() => registry.rows('select 1 as one'), registry.kind);
  return async () => {
    const [warehouseAnswers, registryAnswers] = await Promise.all([facts.answers(), books.answers()]);
    return { warehouse: warehouseAnswers, registry: registryAnswers };
  };
}
