import { UnavailableError } from '../base/errors.ts';
import type { Registry } from '../registry/registry.ts';

/** Journals of changes of facts: one that stands while nothing changes facts was cut short. */
const journals = ['filling', 'retract', 'rejoin', 'move', 'cut'];

/**
 * Refuses where a change of facts was cut short and not ended yet, as on a full disk or without a shard: what would be
 * counted is neither what was before nor what is to be.
 */
export async function requireWhole(registry: Registry): Promise<void> {
  const [row] = await registry.rows<{ name: string }>(
    `SELECT name FROM derivation WHERE name IN (${journals.map((_, i) => `$${i + 1}`).join(', ')}) LIMIT 1`,
    journals,
  );
  if (!row) return;
  throw new UnavailableError(
    'facts_unfinished',
    'A change of the data was cut short and is being ended: ask again in a moment. If this stays, `doctor` says what keeps it from ending.',
  );
}
