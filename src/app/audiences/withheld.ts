import { keepMembers } from '../../audiences/kept.ts';
import { suppressedConsumers, withdrawnAltogether } from '../../audiences/withheld.ts';
import type { Context } from '../../intake/context.ts';
import { writeState } from '../../intake/journal.ts';
import { sql } from '../../warehouse/sql.ts';
import { nextRun } from './days.ts';

/** Changes with every identifier that is suppressed, or is no more. */
export const suppressionState = `(SELECT concat(max(id), ' ', count(*)) FROM suppression)`;

interface KeptWithheld {
  readonly run: number;
  readonly consumers: number;
  readonly stands: string;
}

interface Row extends Record<string, unknown> {
  readonly commit: number | null;
  readonly suppressed: string;
  readonly isSuppressing: boolean;
  readonly tellsConsent: boolean;
  readonly kept: KeptWithheld | null;
}

/**
 * Number under which those are kept who are in no audience: who asked to be deleted, and who withdrew consent altogether.
 * Undefined where there is nobody.
 */
export async function withheldRun({ registry, warehouse }: Context): Promise<number | undefined> {
  const [row] = await registry.rows<Row>(
    `SELECT (SELECT state FROM derivation WHERE name = 'commit') AS commit, ${suppressionState} AS suppressed,
      EXISTS (SELECT 1 FROM suppression) AS "isSuppressing",
      EXISTS (SELECT 1 FROM import_file WHERE entity = 'consumers'
        AND (concat(header, mapping) LIKE '%consent%' OR header IS NULL)) AS "tellsConsent",
      (SELECT state FROM derivation WHERE name = 'withheld') AS kept`,
  );
  if (!row || !(row.isSuppressing || row.tellsConsent)) return undefined;
  const stands = `${row.commit ?? 0} ${row.suppressed} ${warehouse.holders.length}`;
  if (row.kept?.stands === stands) return row.kept.consumers > 0 ? row.kept.run : undefined;
  const run = await nextRun(registry);
  const consumers = await keepMembers(warehouse, run, {
    consumers: sql`SELECT consumer FROM (${suppressedConsumers} UNION DISTINCT ${withdrawnAltogether})`,
  });
  await writeState(registry, 'withheld', { run, consumers, stands } satisfies KeptWithheld);
  return consumers > 0 ? run : undefined;
}
