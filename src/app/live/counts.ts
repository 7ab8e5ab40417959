import { readState, writeState } from '../../intake/journal.ts';
import type { Registry } from '../../registry/registry.ts';

/** What has come of some events of a source. */
export interface Counted {
  readonly source: string;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Adds counts to those of their sources and minute; a second time with the same name of the same log changes nothing. */
export async function addCounts(
  registry: Registry,
  { log, name }: { readonly log: string; readonly name: string },
  at: string,
  counted: readonly Counted[],
): Promise<void> {
  await registry.transaction(async (inner) => {
    if ((await readState<string>(inner, log)) === name) return;
    for (const { source, accepted, duplicate, rejected } of counted)
      await inner.rows(
        `insert into live_minute (source, minute, accepted, duplicate, rejected, last_at)
          values ($1, date_trunc('minute', $2::timestamptz), $3, $4, $5, $2)
          on conflict (source, minute) do update set accepted = live_minute.accepted + excluded.accepted,
            duplicate = live_minute.duplicate + excluded.duplicate,
            rejected = live_minute.rejected + excluded.rejected,
            last_at = greatest(live_minute.last_at, excluded.last_at)`,
        [source, at, accepted, duplicate, rejected],
      );
    await writeState(inner, log, name);
  });
}

/** One minute of one source. */
export interface Minute extends Counted {
  readonly minute: string;
}

/** The minutes since a moment in which anything came, oldest first. */
export function minutesSince(registry: Registry, since: Date): Promise<Minute[]> {
  return registry.rows<Minute & Record<string, unknown>>(
    `select source, minute, accepted, duplicate, rejected from live_minute where minute >= $1 order by minute, source`,
    [since],
  );
}
