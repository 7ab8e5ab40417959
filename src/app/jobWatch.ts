import type { Job } from '../api/jobs.ts';

/** Makes of the changes of jobs, progress among them, the two that matter: a job began in this process, and it ended. */
export function jobWatch(tell: (what: 'began' | 'ended', job: Job) => void): (job: Job) => void {
  const underWay = new Set<number>();
  return (job) => {
    if (job.status === 'queued') return;
    if (job.status !== 'running') {
      underWay.delete(job.id);
      return tell('ended', job);
    }
    if (underWay.has(job.id)) return;
    underWay.add(job.id);
    tell('began', job);
  };
}
