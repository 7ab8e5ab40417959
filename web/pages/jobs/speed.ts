import type { Job } from '../../../src/api/jobs.ts';

/** How far a job's step was at a moment of this browser. */
export interface Sample {
  readonly step: string;
  readonly at: number;
  readonly done: number;
  readonly rows: number | undefined;
}

/** How fast a step goes: rows a second, and seconds until its end; undefined where it cannot be told yet. */
export interface Speed {
  readonly rows: number | undefined;
  readonly left: number | undefined;
}

/** Shorter than this nothing can be said of speed. */
const MS_LEAST = 700;

export function sampleOf({ progress }: Job, at: number): Sample | undefined {
  if (!progress) return undefined;
  const { step, done, unit } = progress;
  return { step, at, done, rows: progress.rows ?? (unit === 'rows' ? done : undefined) };
}

/** The speed between the first look at a step and the latest. */
export function speedBetween(first: Sample, last: Sample, total: number | undefined): Speed {
  const ms = last.at - first.at;
  const done = last.done - first.done;
  if (ms < MS_LEAST || done <= 0) return { rows: undefined, left: undefined };
  const rows = first.rows === undefined || last.rows === undefined ? undefined : last.rows - first.rows;
  return {
    rows: rows === undefined ? undefined : Math.round((rows / ms) * 1000),
    left: total === undefined ? undefined : Math.max(0, Math.ceil(((total - last.done) / done) * (ms / 1000))),
  };
}
