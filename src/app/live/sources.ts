import { writeAudit } from '../../accounts/audit.ts';
import { nameIn } from '../../accounts/names.ts';
import { digestOf, newToken } from '../../accounts/tokens.ts';
import { ConflictError, NotFoundError } from '../../base/errors.ts';
import type { Registry } from '../../registry/registry.ts';

/** A source of live events, and what has come of its events so far. */
export interface LiveSource {
  readonly name: string;
  readonly enabled: boolean;
  /** Events a second it may send; null is as many as it can. */
  readonly per_second: number | null;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** When the last of them was received; null before the first. */
  readonly last_at: string | null;
}

/** Makes a source; its write key is told here and nowhere else. */
export async function addSource(
  registry: Registry,
  given: string,
  by: string,
  now: Date,
): Promise<{ name: string; key: string }> {
  const name = nameIn(given);
  const key = `qw_${newToken()}`;
  await registry.transaction(async (inner) => {
    const made = await inner.rows(
      `insert into live_source (name, digest, created_by, created_at) values ($1, $2, $3, $4)
        on conflict (name) do nothing returning name`,
      [name, digestOf(key), by, now],
    );
    if (made.length === 0)
      throw new ConflictError('source_exists', `A source is called ${name} already. Choose another name.`);
    await writeAudit(inner, by, 'source.add', { name });
  });
  return { name, key };
}

/** Every source, by name. */
export function sourcesIn(registry: Registry): Promise<LiveSource[]> {
  return registry.rows<LiveSource & Record<string, unknown>>(
    `select s.name, s.enabled, s.per_second, coalesce(sum(m.accepted), 0)::bigint as accepted,
      coalesce(sum(m.duplicate), 0)::bigint as duplicate, coalesce(sum(m.rejected), 0)::bigint as rejected,
      max(m.last_at) as last_at
    from live_source s left join live_minute m on m.source = s.name group by s.name order by s.name`,
  );
}

/** What may be changed of a source. */
export interface SourceChange {
  readonly enabled?: boolean | undefined;
  readonly per_second?: number | null | undefined;
}

export async function changeSource(registry: Registry, name: string, change: SourceChange, by: string): Promise<void> {
  await registry.transaction(async (inner) => {
    const found = await inner.rows(
      `update live_source set enabled = coalesce($2, enabled), per_second = case when $3 then $4 else per_second end
        where name = $1 returning name`,
      [name, change.enabled ?? null, change.per_second !== undefined, change.per_second ?? null],
    );
    if (found.length === 0) throw noSource(name);
    await writeAudit(inner, by, 'source.change', { name, ...change });
  });
}

/** Gives a source a new key; the one before opens nothing from now on. */
export async function renewKey(registry: Registry, name: string, by: string): Promise<{ name: string; key: string }> {
  const key = `qw_${newToken()}`;
  await registry.transaction(async (inner) => {
    const found = await inner.rows('update live_source set digest = $2 where name = $1 returning name', [
      name,
      digestOf(key),
    ]);
    if (found.length === 0) throw noSource(name);
    await writeAudit(inner, by, 'source.key', { name });
  });
  return { name, key };
}

function noSource(name: string): NotFoundError {
  return new NotFoundError('source', `No source is called ${name}. See: source list.`);
}
