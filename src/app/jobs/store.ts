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
  /** The home whose disk has what the job needs; null where any server can do it. */
  readonly host: string | null;
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
  readonly host: string | null;
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
  return { job, params: row.params, cancel: row.cancel, host: row.host };
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
  /** The home whose disk has what it needs, where it needs something there. */
  readonly host?: string | null;
}

export async function addJob(registry: Registry, given: NewJob, now: string): Promise<Job> {
  const { kind, title, params, by, host = null } = given;
  const [row] = await registry.rows<Row>(
    `insert into job (kind, title, params, status, created_by, created_at, host) values ($1, $2, $3, 'queued', $4, $5, $6)
      returning *`,
    [kind, title, params, by, now, host],
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

/** A server as one that takes jobs. */
export interface Taker {
  readonly registry: Registry;
  /** The id of its home. */
  readonly server: string;
}

const ofKinds = 'kind in (select jsonb_array_elements_text($1))';

/**
 * The oldest job of these kinds that waits for a server that is there, from now on running here; undefined where there is
 * none, or where it is another server's turn to take it.
 */
export async function takeNext(
  { registry, server }: Taker,
  kinds: readonly JobKind[],
  now: string,
): Promise<StoredJob | undefined> {
  const { locks } = registry;
  const [row] = await registry.rows<Row>(
    `update job set status = 'running', started_at = coalesce(started_at, $2), runner = $3
      where (host is null or host = $4) and id = (select id from job where ${waitsFor('$4', '$5')}
        order by id limit 1 for update skip locked) returning *`,
    [kinds, now, locks.session, server, [...(await locks.living())]],
  );
  return row && storedOf(row);
}

/** Jobs of the kinds $1 that wait for this server or another that is there. */
const waitsFor = (server: string, living: string): string => `status = 'queued' and ${ofKinds}
  and (host is null or host = ${server} or host in (select s.id from server s
    where s.session in (select value::int from jsonb_array_elements_text(${living}))))`;

/** Whether the next job of these kinds may be done here, or one ran on a server that has gone, or waits for such a one. */
export async function hasWork({ registry, server }: Taker, kinds: readonly JobKind[]): Promise<boolean> {
  const [row] = await registry.rows<{ work: boolean }>(
    `select coalesce((select host is null or host = $3 from job where ${waitsFor('$3', '$2')} order by id limit 1), false)
      or exists (select 1 from job where ${ofKinds} and ${ranByTheGone})
      or exists (select 1 from job j left join server s on s.id = j.host where j.status = 'queued' and j.host <> $3
        and (s.id is null or s.seen_at < now() - interval '${AWAY}')) as work`,
    [kinds, [...(await registry.locks.living())], server],
  );
  return row?.work === true;
}

/** Time that a server may be away before the jobs that need its disk are given up. */
const AWAY = '1 hour';

const ranByTheGone = `status = 'running' and (runner is null or runner not in
  (select value::int from jsonb_array_elements_text($2)))`;

/** Jobs that ran on a server that has gone wait again. */
export async function requeueGone(registry: Registry, kinds: readonly JobKind[]): Promise<void> {
  await registry.rows(`update job set status = 'queued', runner = null where ${ofKinds} and ${ranByTheGone}`, [
    kinds,
    [...(await registry.locks.living())],
  ]);
}

/** Jobs that wait for the disk of a server that has been away too long fail, and say so. */
export async function giveUpHosts({ registry, server }: Taker, now: string): Promise<void> {
  await registry.rows(
    `update job j set status = 'failed', finished_at = $1, error_code = 'host_gone', error = 'The files of this job lie on the server '
        || coalesce(s.name, 'it was asked of') || ', which has been away for more than an hour. Start that server again and retry the job, or import the files through another server.'
      from job w left join server s on s.id = w.host where w.id = j.id and j.status = 'queued' and j.host <> $3
        and (s.id is null or (s.seen_at < now() - interval '${AWAY}'
          and s.session not in (select value::int from jsonb_array_elements_text($2))))`,
    [now, [...(await registry.locks.living())], server],
  );
}

export interface Outcome {
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly detail: string };
  /** How far it was. */
  readonly progress?: Job['progress'];
}

/** Ends a job that runs here; undefined where it has been taken over meanwhile. */
export async function endJob(
  registry: Registry,
  { id, runner }: Run,
  outcome: Outcome,
  now: string,
): Promise<Job | undefined> {
  const { status, result, error, progress } = outcome;
  const told = [JSON.stringify(result ?? null), error?.code ?? null, error?.detail ?? null, now, progress ?? null];
  const [row] = await registry.rows<Row>(
    `update job set status = $3, result = $4, error_code = $5, error = $6, finished_at = $7, progress = $8
      where id = $1 and runner = $2 and status = 'running' returning *`,
    [id, runner, status, ...told],
  );
  return row && storedOf(row).job;
}

/** A job, and the session of the server that runs it. */
export interface Run {
  readonly id: number;
  readonly runner: number;
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

/** Notes how far a job is; tells whether it is to end, through whatever server that was asked. */
export async function noteProgress(
  registry: Registry,
  { id, runner }: Run,
  progress: Progress,
): Promise<{ readonly cancel: boolean }> {
  const [row] = await registry.rows<{ cancel: boolean }>(
    `update job set progress = $3 where id = $1 and runner = $2 and status = 'running' returning cancel`,
    [id, runner, progress],
  );
  return { cancel: row?.cancel ?? false };
}

/** A job that runs here waits again. */
export async function requeue(registry: Registry, { id, runner }: Run): Promise<void> {
  await registry.rows(
    `update job set status = 'queued', runner = null where id = $1 and runner = $2 and status = 'running'`,
    [id, runner],
  );
}

/** Sealed rows that people had mended go some days after their job is over. */
export async function forgetMended(registry: Registry, before: string): Promise<void> {
  await registry.rows(
    `update job set params = params || '{"mended": ""}'::jsonb where finished_at < $1 and params->>'mended' <> ''`,
    [before],
  );
}
