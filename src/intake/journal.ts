import type { Registry } from '../registry/registry.ts';

/** What a step of derived data remembers between runs, by its name; undefined when it has never run. */
export async function readState<S>(registry: Registry, name: string): Promise<S | undefined> {
  const [row] = await registry.rows<{ state: S }>('SELECT state FROM derivation WHERE name = $1', [name]);
  return row?.state;
}

export async function writeState(registry: Registry, name: string, state: unknown): Promise<void> {
  await registry.rows(
    `INSERT INTO derivation (name, state, updated_at) VALUES ($1, $2, now())
     ON CONFLICT (name) DO UPDATE SET state = excluded.state, updated_at = now()`,
    [name, JSON.stringify(state)],
  );
}

export async function clearState(registry: Registry, name: string): Promise<void> {
  await registry.rows('DELETE FROM derivation WHERE name = $1', [name]);
}

/** The next commit's number: every change of facts or of identity has one, and later changes have greater ones. */
export async function nextCommit(registry: Registry): Promise<number> {
  const [row] = await registry.rows<{ number: number }>(
    `INSERT INTO derivation (name, state, updated_at) VALUES ('commit', '1', now())
     ON CONFLICT (name) DO UPDATE SET state = to_jsonb((derivation.state #>> '{}')::int + 1), updated_at = now()
     RETURNING (state #>> '{}')::int AS number`,
  );
  if (!row) throw new Error('the registry gave no commit number');
  return row.number;
}
