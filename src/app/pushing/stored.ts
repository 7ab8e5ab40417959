import type { Push, PushCounts, PushRun } from '../../api/pushes.ts';
import { NotFoundError } from '../../base/errors.ts';
import { readBack, say } from '../../base/faults/say.ts';
import type { Registry } from '../../registry/registry.ts';

/** Share of controls as the registry has it: consumers per ten thousand. */
export const SHARE = 10_000;

/** A push as the registry has it. */
export interface StoredPush extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly audience: string;
  readonly destination: string;
  readonly kind: string;
  readonly identifiers: readonly string[];
  /** Controls per ten thousand. */
  readonly holdout: number;
  readonly seed: string;
  readonly minimum: number;
  readonly cap: { readonly pushes: number; readonly days: number } | null;
  readonly purpose: string | null;
  readonly exclude: readonly string[];
  readonly trigger: Push['trigger'];
  readonly cron: string | null;
  readonly enabled: boolean;
  readonly nextAt: string | null;
  readonly remote: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly createdBy: string;
}

const pushColumns = `p.id, p.name, p.audience, d.name AS destination, d.kind, p.identifiers, p.holdout, p.seed, p.minimum, p.cap, p.purpose,
  p.exclude, p.trigger, p.cron, p.enabled, p.next_at AS "nextAt", p.remote, p.created_at AS "createdAt",
  p.created_by AS "createdBy"`;
const from = 'FROM push p JOIN destination d ON d.id = p.destination_id';

export function allPushes(registry: Registry): Promise<StoredPush[]> {
  return registry.rows<StoredPush>(`SELECT ${pushColumns} ${from} ORDER BY p.name`);
}

/** A push by its name or number. */
export async function storedPush(registry: Registry, which: string | number): Promise<StoredPush> {
  const by = typeof which === 'number' ? 'p.id' : 'p.name';
  const [row] = await registry.rows<StoredPush>(`SELECT ${pushColumns} ${from} WHERE ${by} = $1`, [which]);
  if (!row) throw new NotFoundError('push', say('push.none', { name: String(which) }));
  return row;
}

interface StoredRun extends Record<string, unknown> {
  readonly id: number;
  readonly push: number;
  readonly state: PushRun['state'];
  readonly on: string | null;
  readonly audienceRun: number | null;
  readonly counts: PushCounts | null;
  readonly batches: number;
  readonly batchesDone: number;
  readonly delivered: number;
  readonly refused: number;
  readonly error: PushRun['error'];
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly startedBy: string;
}

const runColumns = `id, push_id AS push, state, on_day AS "on", audience_run AS "audienceRun", counts, batches,
  batches_done AS "batchesDone", delivered, refused, error, started_at AS "startedAt", finished_at AS "finishedAt",
  started_by AS "startedBy"`;

/** Runs of a push before a number, newest first. */
export function runsOf(registry: Registry, push: number, limit: number, before: number | null): Promise<StoredRun[]> {
  return registry.rows<StoredRun>(
    `SELECT ${runColumns} FROM push_run WHERE push_id = $1 AND ($2::int IS NULL OR id < $2::int) ORDER BY id DESC LIMIT $3::int`,
    [push, before, limit],
  );
}

export async function lastRun(registry: Registry, push: number): Promise<StoredRun | undefined> {
  const [row] = await runsOf(registry, push, 1, null);
  return row;
}

export async function storedRun(registry: Registry, id: number): Promise<StoredRun> {
  const [row] = await registry.rows<StoredRun>(`SELECT ${runColumns} FROM push_run WHERE id = $1`, [id]);
  if (!row) throw new NotFoundError('push_run', say('push.noRun', { id }));
  return row;
}

export async function beginRun(registry: Registry, push: number, actor: string, now: string): Promise<StoredRun> {
  const [row] = await registry.rows<StoredRun>(
    `INSERT INTO push_run (push_id, state, started_at, started_by) VALUES ($1, 'planning', $2, $3) RETURNING ${runColumns}`,
    [push, now, actor],
  );
  if (!row) throw new Error('the registry gave no run');
  return row;
}

/** Notes for which day, and of which kept members, a run is planned. */
export async function noteAttempt(registry: Registry, id: number, on: string, audienceRun: number): Promise<void> {
  await registry.rows('UPDATE push_run SET on_day = $2, audience_run = $3 WHERE id = $1', [id, on, audienceRun]);
}

/** Notes what a run is to send; from now on it goes on after a kill. */
export async function notePlan(
  registry: Registry,
  id: number,
  { counts, batches }: { readonly counts: PushCounts; readonly batches: number },
): Promise<void> {
  await registry.rows(`UPDATE push_run SET state = 'sending', counts = $2, batches = $3 WHERE id = $1`, [
    id,
    counts,
    batches,
  ]);
}

export async function noteBatch(
  registry: Registry,
  id: number,
  batch: number,
  came: { readonly delivered: number; readonly refused: number },
): Promise<void> {
  await registry.rows(
    `UPDATE push_run SET batches_done = $2, delivered = delivered + $3, refused = refused + $4
      WHERE id = $1 AND batches_done < $2`,
    [id, batch, came.delivered, came.refused],
  );
}

export async function endRun(
  registry: Registry,
  id: number,
  state: 'done' | 'failed',
  now: string,
  error: PushRun['error'] = null,
): Promise<StoredRun> {
  const [row] = await registry.rows<StoredRun>(
    `UPDATE push_run SET state = $2, finished_at = $3, error = $4 WHERE id = $1 RETURNING ${runColumns}`,
    [id, state, now, error],
  );
  if (!row) throw new NotFoundError('push_run', say('push.noRun', { id }));
  return row;
}

/** Adds to what the destination knows the audience by. */
export async function noteRemote(
  registry: Registry,
  push: number,
  remote: Readonly<Record<string, string>>,
): Promise<void> {
  await registry.rows('UPDATE push SET remote = remote || $2::jsonb WHERE id = $1', [push, remote]);
}

export function shownRun(row: StoredRun): PushRun {
  const { id, push, state, on, counts, delivered, refused, batches, batchesDone, error } = row;
  return {
    ...{ id, push, state, on, counts, delivered, refused, batches },
    error: error && toldOf(error),
    batches_done: batchesDone,
    started_at: row.startedAt,
    finished_at: row.finishedAt,
    started_by: row.startedBy,
  };
}

/** A fault that was kept in English, with its words in every language where it has some. */
function toldOf({ code, detail }: NonNullable<PushRun['error']>): PushRun['error'] {
  const text = readBack(detail);
  return { code, detail, ...(text ? { text } : {}) };
}

export function shownPush(stored: StoredPush, last: StoredRun | undefined): Push {
  const { id, name, audience, destination, kind, identifiers, holdout, minimum, cap, purpose, exclude, trigger, cron } =
    stored;
  return {
    ...{ id, name, audience, destination, kind, minimum, cap, purpose, trigger, cron },
    identifiers: [...identifiers],
    exclude: [...exclude],
    holdout: holdout / SHARE,
    enabled: stored.enabled,
    next_at: stored.nextAt,
    remote: { ...stored.remote },
    last: last ? shownRun(last) : null,
    created_at: stored.createdAt,
    created_by: stored.createdBy,
  };
}

export type { StoredRun };
