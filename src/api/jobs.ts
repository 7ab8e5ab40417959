import { z } from 'zod';
import { moment, text } from './common.ts';

export const jobKinds = ['import', 'undo', 'replay', 'demo', 'report', 'backup', 'push', 'lookalike'] as const;
const progressUnits = ['rows', 'bytes', 'consumers', 'files', 'batches', 'steps', 'seconds'] as const;
export const jobStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** Long work: made, watched, cancelled, retried; survives a restart. */
export const job = z.object({
  id: z.int(),
  kind: z.enum(jobKinds),
  /** What it is about, for people: file names, the number of an import. */
  title: z.string(),
  status: z.enum(jobStatuses),
  progress: z
    .object({
      step: z.string(),
      done: z.number(),
      total: z.number().optional(),
      unit: z.enum(progressUnits),
      rows: z.number().optional(),
    })
    .nullable(),
  /** What it came to, by kind: the report of an import, ... */
  result: z.unknown(),
  error: z.object({ code: z.string(), detail: z.string(), text: text.optional() }).nullable(),
  createdBy: z.string(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
});
export type Job = z.infer<typeof job>;
