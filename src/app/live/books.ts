import { foldFiles } from '../../intake/fold.ts';
import { readState, writeState } from '../../intake/journal.ts';
import type { Registry } from '../../registry/registry.ts';
import { PRESET } from './drain.ts';

const HOUR_MS = 3_600_000;
/** How long live files and minutes stay as they are: longer than anybody looks at them one by one. */
const WHOLE_MS = 48 * HOUR_MS;
/** Steps of folding at once: more wait for the next time, so that events do not. */
const MOST_STEPS = 10;

const STATE = 'live_books';

/** Once an hour folds what the books have of events long taken in, so that they grow by days and sources, not by seconds. */
export async function keepBooksSmall(registry: Registry, now: Date): Promise<void> {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  if ((await readState<number>(registry, STATE)) === hour) return;
  const before = new Date(now.getTime() - WHOLE_MS);
  let steps = 0;
  while (steps < MOST_STEPS && (await foldFiles(registry, PRESET, before.toISOString())) > 0) steps += 1;
  if (steps === MOST_STEPS) return;
  await foldMinutes(registry, before);
  if (registry.kind === 'embedded') await sweep(registry);
  await writeState(registry, STATE, hour);
}

/** Folds the minutes of each source before a moment into the first of their day (UTC). */
export async function foldMinutes(registry: Registry, before: Date): Promise<void> {
  const day = `date_trunc('day', minute at time zone 'UTC') at time zone 'UTC'`;
  await registry.rows(
    `with gone as (delete from live_minute where minute < $1 and minute <> ${day} returning *)
      insert into live_minute (source, minute, accepted, duplicate, rejected, last_at)
        select source, ${day}, sum(accepted), sum(duplicate), sum(rejected), max(last_at) from gone group by 1, 2
      on conflict (source, minute) do update set accepted = live_minute.accepted + excluded.accepted,
        duplicate = live_minute.duplicate + excluded.duplicate, rejected = live_minute.rejected + excluded.rejected,
        last_at = greatest(live_minute.last_at, excluded.last_at)`,
    [before],
  );
}

/** What a PostgreSQL server does by itself and the embedded one never: gives room back, and lets its journal begin anew. */
async function sweep(registry: Registry): Promise<void> {
  for (const table of ['import_file', 'live_minute', 'derivation']) await registry.rows(`vacuum ${table}`);
  await registry.rows('checkpoint');
}
