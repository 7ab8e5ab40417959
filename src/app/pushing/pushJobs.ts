import { z } from 'zod';
import { writeAudit } from '../../accounts/audit.ts';
import type { Job } from '../../api/jobs.ts';
import { watchDue } from '../dueWatch.ts';
import type { Work } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Product } from '../product.ts';
import { refreshed, takeTimed } from './when.ts';

/** Runs of pushes as jobs: asked for now, by the clock, or when an audience was refreshed. */
export interface PushJobs {
  /** Runs a push as a job; one that is too small is refused at once. */
  start(which: string | number, on: string | undefined, by: string): Promise<Job>;
  /** Starts what is due; a timer calls it. */
  due(): Promise<void>;
  close(): Promise<void>;
}

export interface PushJobsOptions {
  readonly now: () => Date;
  readonly jobs: Pick<Jobs, 'start' | 'register'>;
  log?(line: string): void;
}

/** Who sends what the clock asks for. */
const CLOCK = 'schedule';

const params = z.object({ push: z.int(), on: z.string().optional(), by: z.string(), began: z.int().optional() });

/** Opens the runs of a home's pushes; what was due while no server ran is sent once now. */
export async function openPushJobs(product: Product, options: PushJobsOptions): Promise<PushJobs> {
  const { context } = product.installation;
  const { registry, zone } = context;
  const { jobs, now } = options;
  const work: Work = async (given, { watch, remember }) => {
    const { push, on, by } = params.parse(given);
    return product.pushing.run(push, { on, by, began: (run) => remember({ began: run }) }, watch);
  };
  jobs.register('push', work);
  const begin = (push: { readonly id: number; readonly name: string }, on: string | undefined, by: string) =>
    jobs.start({ kind: 'push', title: push.name, params: { push: push.id, by, ...(on ? { on } : {}) }, by });
  const due = async () => {
    for (const push of await takeTimed(registry, zone, now())) await begin(push, undefined, CLOCK);
    for (const push of await refreshed(registry)) if (!(await isWaiting(push.id))) await begin(push, undefined, CLOCK);
  };
  const isWaiting = async (push: number) => {
    const rows = await registry.rows(
      `SELECT id FROM job WHERE kind = 'push' AND status IN ('queued', 'running') AND params->>'push' = $1 LIMIT 1`,
      [String(push)],
    );
    return rows.length > 0;
  };
  const watch = await watchDue(due, { what: 'pushes', log: options.log });
  return {
    start: async (which, on, by) => {
      const push = await product.pushing.show(which);
      await product.pushing.check(push.id, on);
      const job = await begin(push, on, by);
      await writeAudit(registry, by, 'push.start', { id: push.id, job: job.id });
      return job;
    },
    due,
    close: () => watch.close(),
  };
}
