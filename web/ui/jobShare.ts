import type { Job } from '../../src/api/jobs.ts';

/** How much of a job is done, 0..1; absent where its whole is not known. */
export function shareOf({ status, progress }: Job): number | undefined {
  if (status === 'done') return 1;
  if (!progress?.total) return undefined;
  return Math.min(1, progress.done / progress.total);
}
