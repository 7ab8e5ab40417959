import type { Audience, AudienceKind } from '../../api/audiences.ts';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Registry } from '../../registry/registry.ts';

/** An audience as the registry has it. */
export interface StoredAudience extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly kind: AudienceKind;
  /** As it was written, in JSON. */
  readonly rule: string;
  /** `name@version` of the rule set that its stages are of. */
  readonly rules: string;
  /** The day that it is asked for unless another is given; null is the last day the data have. */
  readonly onDay: string | null;
  /** Number of its members in the warehouse, and of those kept before them. */
  readonly run: number | null;
  readonly runBefore: number | null;
  /** The day they were found for. */
  readonly runOn: string | null;
  /** What they were found from: another state of the facts makes them old. */
  readonly standsOn: string | null;
  readonly consumers: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

const columns = `id, name, kind, rule, rules, on_day AS "onDay", run, run_before AS "runBefore", run_on AS "runOn",
  stands_on AS "standsOn", consumers, created_at AS "createdAt", created_by AS "createdBy"`;

export function allAudiences(registry: Registry): Promise<StoredAudience[]> {
  return registry.rows<StoredAudience>(`SELECT ${columns} FROM audience ORDER BY name`);
}

/** An audience by its name or number. */
export async function storedAudience(registry: Registry, which: string | number): Promise<StoredAudience> {
  const by = typeof which === 'number' ? 'id' : 'name';
  const [row] = await registry.rows<StoredAudience>(`SELECT ${columns} FROM audience WHERE ${by} = $1`, [which]);
  if (!row) throw new NotFoundError('audience', say('audience.none', { name: String(which) }));
  return row;
}

/** Saves an audience; undefined where its name is taken. */
export async function insertAudience(
  registry: Registry,
  { name, kind, rule, rules, onDay }: Pick<StoredAudience, 'name' | 'kind' | 'rule' | 'rules' | 'onDay'>,
  actor: string,
): Promise<StoredAudience | undefined> {
  const [row] = await registry.rows<StoredAudience>(
    `INSERT INTO audience (name, kind, rule, rules, on_day, created_by) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (name) DO NOTHING RETURNING ${columns}`,
    [name, kind, rule, rules, onDay, actor],
  );
  return row;
}

export async function nextRun(registry: Registry): Promise<number> {
  const [row] = await registry.rows<{ run: number }>(`SELECT nextval('audience_run')::int AS run`);
  return row?.run ?? 0;
}

/** Notes under which number the members of an audience stand, and what they were found from. */
export async function noteRun(
  registry: Registry,
  id: number,
  run: { readonly run: number; readonly on: string; readonly standsOn: string; readonly consumers: number },
): Promise<StoredAudience> {
  const [row] = await registry.rows<StoredAudience>(
    `UPDATE audience SET run_before = run, run = $2, run_on = $3, stands_on = $4, consumers = $5 WHERE id = $1 RETURNING ${columns}`,
    [id, run.run, run.on, run.standsOn, run.consumers],
  );
  if (!row) throw new NotFoundError('audience', say('audience.none', { name: String(id) }));
  return row;
}

/** An audience as it is shown in lists: its members as they were last counted. */
export function shown({
  id,
  name,
  kind,
  rules,
  onDay,
  runOn,
  consumers,
  createdAt,
  createdBy,
}: StoredAudience): Audience {
  return { id, name, kind, consumers, on: runOn, fixed_on: onDay, rules, created_at: createdAt, created_by: createdBy };
}
