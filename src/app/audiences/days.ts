import type { Registry } from '../../registry/registry.ts';

/** The members of an audience as they were found for the end of a day. */
export interface KeptDay extends Record<string, unknown> {
  readonly on: string;
  /** Number under which the members stand in the warehouse, and of those kept before them. */
  readonly run: number;
  readonly runBefore: number | null;
  /** Changes of facts up to this commit are in. */
  readonly commit: number;
  /** All else that they were found from: another ground makes them old. */
  readonly ground: string;
  readonly consumers: number;
}

const columns = `on_day AS "on", run, run_before AS "runBefore", commit, ground, consumers`;

export async function keptDay(registry: Registry, audience: number, on: string): Promise<KeptDay | undefined> {
  const [row] = await registry.rows<KeptDay>(
    `SELECT ${columns} FROM audience_day WHERE audience = $1 AND on_day = $2`,
    [audience, on],
  );
  return row;
}

/** Every day that members of an audience are kept for. */
export function keptDays(registry: Registry, audience: number): Promise<KeptDay[]> {
  return registry.rows<KeptDay>(`SELECT ${columns} FROM audience_day WHERE audience = $1 ORDER BY on_day`, [audience]);
}

export async function nextRun(registry: Registry): Promise<number> {
  const [row] = await registry.rows<{ run: number }>(`SELECT nextval('audience_run')::int AS run`);
  return row?.run ?? 0;
}

/** Notes where the members of a day stand, and what they were found from. */
export async function noteDay(
  registry: Registry,
  audience: number,
  { on, run, commit, ground, consumers }: Omit<KeptDay, 'runBefore'>,
): Promise<void> {
  await registry.rows(
    `INSERT INTO audience_day (audience, on_day, run, commit, ground, consumers) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (audience, on_day) DO UPDATE SET run_before = audience_day.run, run = excluded.run,
        commit = excluded.commit, ground = excluded.ground, consumers = excluded.consumers`,
    [audience, on, run, commit, ground, consumers],
  );
}

/** Runs that the members of some day stand under, or stood under before. */
export async function namedRuns(registry: Registry): Promise<number[]> {
  const rows = await registry.rows<{ run: number; before: number | null }>(
    `SELECT run, run_before AS before FROM audience_day
      UNION ALL SELECT (state->>'run')::int, NULL FROM derivation WHERE name = 'withheld'`,
  );
  return rows.flatMap(({ run, before }) => (before === null ? [run] : [run, before]));
}

/** Forgets every day of an audience, and gives the numbers of the runs that nobody names any more. */
export async function forgetDays(registry: Registry, audience: number): Promise<number[]> {
  const rows = await registry.rows<KeptDay>(`DELETE FROM audience_day WHERE audience = $1 RETURNING ${columns}`, [
    audience,
  ]);
  return rows.flatMap(({ run, runBefore }) => (runBefore === null ? [run] : [run, runBefore]));
}
