import type { Job } from '../../api/jobs.ts';
import type { Watch } from '../../base/progress.ts';

export type JobKind = Job['kind'];
export type JobStatus = Job['status'];

/** What a job was asked to do; kept in the registry, so it holds no personal value that is not sealed. */
export type JobParams = Readonly<Record<string, unknown>>;

/** What the work of a job is given beside its parameters. */
export interface Tools {
  /** Tells progress; throws where the job is to end. */
  readonly watch: Watch;
  /** Adds to the job's parameters what a later start must know. */
  remember(more: JobParams): Promise<void>;
}

/** The work of one kind of job. It may be started again after a kill at any moment, with what it remembered. */
export type Work = (params: JobParams, tools: Tools) => Promise<unknown>;

export type Works = Readonly<Partial<Record<JobKind, Work>>>;

export const isOver = (status: JobStatus): boolean => status !== 'queued' && status !== 'running';
