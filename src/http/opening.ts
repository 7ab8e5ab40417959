import { openAccounts } from '../accounts/accounts.ts';
import type { HeardQuestion } from '../app/answers/heard.ts';
import { openAnswers } from '../app/answers.ts';
import { refreshAhead } from '../app/audiences/ahead.ts';
import type { Environment } from '../app/config.ts';
import { followUp } from '../app/followUp.ts';
import { changesFacts, openJobs } from '../app/jobs/jobs.ts';
import { jobWatch } from '../app/jobWatch.ts';
import { openLive } from '../app/live/live.ts';
import { type LogFormat, type Logs, openLogs } from '../app/logs.ts';
import { type Metrics, openMetrics } from '../app/metrics.ts';
import { openReadings } from '../app/metricsReadings.ts';
import { openProduct } from '../app/product.ts';
import { openPushJobs } from '../app/pushing/pushJobs.ts';
import { openAnswering } from '../app/readiness.ts';
import { openReports } from '../app/reporting/reporting.ts';
import { openUploads } from '../app/uploads.ts';
import { warm } from '../app/warm.ts';
import { openOperations } from './operations.ts';
import type { Services } from './services.ts';

export interface OpeningOptions {
  readonly home: string | undefined;
  readonly env: Environment;
  readonly now: () => Date;
  /** Takes the lines of the log; those of `text` without their time. */
  readonly log: (line: string, format: LogFormat) => void;
  /**
   * The lifecycle, the first page and saved audiences follow the facts before anybody waits for them: now, after each job
   * that changes facts, and every few minutes while events come in.
   */
  readonly warms?: true;
  /** For tests: milliseconds in place of those minutes. */
  readonly warmsEvery?: number;
}

/** A home with all that is served of it. */
export interface Opened {
  readonly services: Services;
  readonly logs: Logs;
  readonly metrics: Metrics;
}

/** What closes a part again; the part opened last is closed first. */
export type Closers = Array<() => Promise<void> | void>;

/** Seconds from which a question is told in the log. */
const SLOW_SECONDS = 10;

/** Opens a home and every part that works on it; `localToken` is the terminal's, `stopping` comes before the end. */
export async function openServices(
  { home, env, now, log: write, warms, warmsEvery }: OpeningOptions,
  { localToken, stopping }: { readonly localToken: string; readonly stopping: AbortSignal },
  closers: Closers,
): Promise<Opened> {
  const product = await openProduct(home, env, now);
  closers.push(() => product.close());
  const { context, home: folder } = product.installation;
  const { config, key, dir } = folder;
  const logs = openLogs({ format: config.log, level: config.log_level, now, write });
  const log = logs.line;
  const metrics = openMetrics(() => readings());
  context.warehouse.onRestart?.(() => {
    metrics.engineRestarted();
    logs.tell('warn', 'engine.restart');
  });
  const accounts = await openAccounts(context.registry, { now, key, localToken, oidc: config.oidc });
  const answers = openAnswers(product, (heard) => {
    metrics.question(heard);
    tellQuestion(logs, heard);
  });
  const uploads = openUploads(product, { now });
  const ahead =
    warms &&
    followUp(async (isOvertaken) => {
      await warm(answers);
      await refreshAhead(context, isOvertaken);
    }, warmsEvery);
  const jobs = await openJobs(product, { now, uploads, log, heard: heardJobs(logs, metrics, () => ahead?.changed()) });
  closers.push(() => jobs.close());
  const reports = await openReports(product, { now, jobs, answers, log });
  closers.push(() => reports.close());
  const pushes = await openPushJobs(product, { now, jobs, log });
  closers.push(() => pushes.close());
  const live = await openLive(product, { now, log, took: () => ahead?.changing() });
  closers.push(() => live.close());
  const answering = openAnswering(context);
  const { warehouse, registry } = context;
  const readings = openReadings({ warehouse, registry, answers, live, dir, now, up: answering });
  const operations = openOperations(metrics, answering, stopping);
  closers.push(() => ahead?.stop());
  ahead?.changed();
  return {
    services: { product, accounts, answers, uploads, jobs, reports, pushes, live, operations, now, log },
    logs,
    metrics,
  };
}

function tellQuestion(logs: Logs, { analysis, outcome, cached, seconds }: HeardQuestion): void {
  const isSlow = seconds >= SLOW_SECONDS;
  logs.tell(isSlow ? 'warn' : 'debug', isSlow ? 'question.slow' : 'question', {
    analysis,
    outcome,
    cached,
    ms: milliseconds(seconds),
  });
}

function heardJobs(logs: Logs, metrics: Metrics, factsChanged: () => void) {
  return jobWatch((what, job) => {
    logs.tell(job.status === 'failed' ? 'warn' : 'info', `job.${what}`, {
      job: job.id,
      kind: job.kind,
      state: job.status,
      ...(job.error ? { code: job.error.code } : {}),
    });
    if (what !== 'ended') return;
    metrics.jobEnded(job);
    if (changesFacts(job.kind)) factsChanged();
  });
}

/** Milliseconds as a log shows them, to a tenth. */
export const milliseconds = (seconds: number): number => Math.round(seconds * 10_000) / 10;
