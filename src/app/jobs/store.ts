import type { Job } from '../../api/jobs.ts';
import { NotFoundError } from '../../base/errors.ts';
import { readBack } from '../../base/faults/say.ts';
import type { Progress } from '../../base/progress.ts';
import type { Registry } from '../../registry/registry.ts';
import { beforeOf, type Page, type PageOf, pageFrom } from '../page.ts';
import type { JobKind, JobParams, JobStatus } from './job.ts';

/** A job as the registry keeps it. */
export interface StoredJob {
  readonly job: Job;
  readonly params: JobParams;
  readonly cancel: boolean;
}

interface Row extends Record<string, unknown> {
  readonly id: number;
  readonly kind: JobKind;
  readonly title: string;
  readonly status: JobStatus;
  readonly params: JobParams;
  readonly progress: Progress | null;
  readonly result: unknown;
  readonly error: string | null;
  readonly error_code: string | null;
  readonly cancel: boolean;
  readonly created_by: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

function storedOf(row: Row): StoredJob {
  const { id, kind, title, status, progress, result } = row;
  const job: Job = {
    id,
    kind,
    title,
    status,
    progress,
    result,
    error: errorOf(row),
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
  return { job, params: row.params, cancel: row.cancel };
}

function errorOf({ error, error_code }: Row): Job['error'] {
  if (error === null) return null;
  const text = readBack(error);
  return { code: error_code ?? 'internal', detail: error, ...(text ? { text } : {}) };
}

export interface NewJob {
  readonly kind: JobKind;
  readonly title: string;
  readonly params: JobParams;
  readonly by: string;
}

export async function addJob(registry: Registry, { kind, title, params, by }: NewJob, now: string): Promise<Job> {
  const [row] = await registry.rows<Row>(
    `insert into job (kind, title, params, status, created_by, created_at) values ($1, $2, $3, 'queued', $4, $5) returning *`,
    [kind, title, params, by, now],
  );
  if (!row) throw new Error('the registry gave no job number');
  return storedOf(row).job;
}

export async function findJob(registry: Registry, id: number): Promise<StoredJob> {
  const [row] = await registry.rows<Row>('select * from job where id = $1', [id]);
  if (!row) throw new NotFoundError('job', `There is no job ${id}.`);
  return storedOf(row);
}

export async function jobPage(registry: Registry, page: PageOf): Promise<Page<Job>> {
  const rows = await registry.rows<Row>(
    'select * from job where $1::int is null or id < $1::int order by id desc limit $2::int',
    [beforeOf(page), page.limit + 1],
  );
  return pageFrom(
    rows.map((row) => storedOf(row).job),
    page,
  );
}

/** The oldest job of these kinds that waits, from now on running. */
export async function takeNext(
  registry: Registry,
  kinds: readonly JobKind[],
  now: string,
): Promise<StoredJob | undefined> {
  const [row] = await registry.rows<Row>(
    `update job set status = 'running', started_at = coalesce(started_at, $2) where id = (
      select id from job where status = 'queued' and kind in (select jsonb_array_elements_text($1)) order by id limit 1)
     returning *`,
    [kinds, now],
  );
  return row && storedOf(row);
}

export interface Outcome {
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly detail: string };
  /** How far it was. */
  readonly progress?: Job['progress'];
}

export async function endJob(registry: Registry, id: number, outcome: Outcome, now: string): Promise<Job> {
  const { status, result, error, progress } = outcome;
  const [row] = await registry.rows<Row>(
    `update job set status = $2, result = $3, error_code = $4, error = $5, finished_at = $6, progress = $7 where id = $1 returning *`,
    [id, status, JSON.stringify(result ?? null), error?.code ?? null, error?.detail ?? null, now, progress ?? null],
  );
  if (!row) throw new NotFoundError('job', `There is no job ${id}.`);
  return storedOf(row).job;
}

/** A job that waits ends at once; one that runs is told to. Undefined for one that is over. */
export async function cancelJob(registry: Registry, id: number, now: string): Promise<Job | undefined> {
  const [row] = await registry.rows<Row>(
    `update job set cancel = true, finished_at = case status when 'queued' then $2::timestamptz end,
       status = case status when 'queued' then 'cancelled' else status end
     where id = $1 and status in ('queued', 'running') returning *`,
    [id, now],
  );
  return row && storedOf(row).job;
}

export async function rememberInJob(registry: Registry, id: number, more: JobParams): Promise<void> {
  await registry.rows('update job set params = params || $2::jsonb where id = $1', [id, more]);
}

export async function noteProgress(registry: Registry, id: number, progress: Progress): Promise<void> {
  await registry.rows(`update job set progress = $2 where id = $1 and status = 'running'`, [id, progress]);
}

/** Jobs that were running wait again: all of them, or one. */
export async function requeue(registry: Registry, id?: number): Promise<void> {
  await registry.rows(
    `update job set status = 'queued' where status = 'running' and ($1::int is null or id = $1::int)`,
    [id ?? null],
  );
}

/** Sealed rows that people had mended go some days after their job is over. */
export async function forgetMended(registry: Registry, before: string): Promise<void> {
  await registry.rows(
    `update job set params = params || '{"mended": ""}'::jsonb where finished_at < $1 and params->>'mended' <> ''`,
    [before],
  );
}
