import { setTimeout as pause } from 'node:timers/promises';
import { writeAudit } from '../../accounts/audit.ts';
import type { Job } from '../../api/jobs.ts';
import { unwatched } from '../../base/progress.ts';
import type { Locale } from '../../base/text.ts';
import { keyFor } from '../../intake/seal.ts';
import type { Answers } from '../answers.ts';
import { watchDue } from '../dueWatch.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type Outbound, openOutbound } from '../outbound.ts';
import type { Page, PageOf } from '../page.ts';
import type { Product } from '../product.ts';
import { type Ask, type FastReport, fastReport, type Period } from './fastReport.ts';
import { type ReportRun, Runs } from './runs.ts';
import { type NewSchedule, type Schedule, Schedules } from './schedules.ts';
import { reportWorkbook } from './workbook.ts';

export type { FastReport, Period } from './fastReport.ts';

/** Reports of one home: asked for now, or made again and again. */
export interface Reports {
  fast(period: Period): Promise<FastReport>;
  xlsx(period: Period, locale: Locale): Promise<Buffer>;
  /** Newest first; addresses of webhooks in full but their query only for who may change schedules. */
  schedules(page: PageOf, changes: boolean): Promise<Page<Schedule>>;
  /** The secret signs what the webhook is sent, and is told this once. */
  add(actor: string, given: NewSchedule): Promise<{ schedule: Schedule; secret: string | null }>;
  enable(actor: string, id: number, enabled: boolean): Promise<Schedule>;
  /** With all that was made of it. */
  remove(actor: string, id: number): Promise<void>;
  /** Makes the report of a schedule now, as a job. */
  start(actor: string, id: number): Promise<Job>;
  runs(schedule: number, page: PageOf): Promise<Page<ReportRun>>;
  file(run: number, format: 'json' | 'xlsx'): Promise<Buffer>;
  /** Starts what is due; a timer calls it. */
  due(): Promise<void>;
  close(): Promise<void>;
}

export interface ReportsOptions {
  readonly now: () => Date;
  readonly jobs: Pick<Jobs, 'start' | 'register'>;
  /** Answers that are kept; without them the engine is asked each time. */
  readonly answers?: Pick<Answers, 'answer'>;
  /** The way out; by the home's configuration when absent. */
  readonly outbound?: Outbound;
  /** Waits between tries of a delivery. */
  wait?(ms: number, signal: AbortSignal): Promise<void>;
  log?(line: string): void;
}

/** Who makes what the clock asks for. */
const CLOCK = 'schedule';

/** Opens the reports of a home; what was due while no server ran is made once now. */
export async function openReports(product: Product, options: ReportsOptions): Promise<Reports> {
  const { context, home } = product.installation;
  const { now, jobs, answers } = options;
  const ask: Ask = answers
    ? (id, params) => answers.answer(id, params)
    : (id, params) => product.run(id, { ...params }, unwatched);
  const outbound = options.outbound ?? openOutbound({ allow: home.config.outbound_allow });
  const schedules = new Schedules(context.registry, context.zone, keyFor(home.key, 'webhook'));
  const ending = new AbortController();
  const wait = options.wait ?? ((ms, signal) => pause(ms, undefined, { signal }).catch(() => {}));
  const runs = new Runs({ context, home, schedules, ask, courier: { outbound, now, wait, signal: ending.signal } });
  jobs.register('report', runs.work);
  const begin = (by: string, { id, name }: Schedule) =>
    jobs.start({ kind: 'report', title: name, params: { schedule: id, at: now().toISOString() }, by });
  const due = async () => {
    for (const schedule of await schedules.takeDue(now())) await begin(CLOCK, schedule);
  };
  const watch = await watchDue(due, { what: 'schedules', log: options.log });
  return {
    fast: (period) => fastReport(ask, period),
    xlsx: async (period, locale) => reportWorkbook(context, await fastReport(ask, period), locale),
    schedules: (page, changes) => schedules.list(page, changes),
    add: async (actor, given) => {
      if (given.webhook !== null) outbound.check(given.webhook);
      return schedules.add(actor, given, now());
    },
    enable: (actor, id, enabled) => schedules.enable(actor, id, enabled, now()),
    remove: async (actor, id) => runs.forget(await schedules.remove(actor, id)),
    start: async (actor, id) => {
      const job = await begin(actor, await schedules.get(id));
      await writeAudit(context.registry, actor, 'schedule.run', { id, job: job.id });
      return job;
    },
    runs: (schedule, page) => runs.list(schedule, page),
    file: (run, format) => runs.file(run, format),
    due,
    close: async () => {
      ending.abort();
      await watch.close();
    },
  };
}
