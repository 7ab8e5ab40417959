import type { Job } from '../../api/jobs.ts';
import { ConflictError, QianchengError, UnavailableError } from '../../base/errors.ts';
import { faultText } from '../../base/faultText.ts';
import { CancelledError, type Progress } from '../../base/progress.ts';
import type { Page, PageOf } from '../page.ts';
import type { Product } from '../product.ts';
import type { Uploads } from '../uploads.ts';
import { Elsewhere } from './elsewhere.ts';
import { isOver, type JobKind, type Work, type Works } from './job.ts';
import {
  addJob,
  cancelJob,
  endJob,
  findJob,
  forgetMended,
  giveUpHosts,
  hasWork,
  jobPage,
  type NewJob,
  noteProgress,
  type Outcome,
  type Run,
  rememberInJob,
  requeue,
  requeueGone,
  type StoredJob,
  type Taker,
  takeNext,
} from './store.ts';
import { dataWorks } from './works.ts';

export type { JobKind, Work, Works } from './job.ts';
export type { NewJob } from './store.ts';

/** Long work of one home: what changes facts one after another in the order it was asked for, reports beside it. */
export interface Jobs {
  start(job: NewJob): Promise<Job>;
  get(id: number): Promise<Job>;
  /** Newest first. */
  list(page: PageOf): Promise<Page<Job>>;
  /** A waiting job ends at once, a running one at its next batch or file; one that is over is refused. */
  cancel(id: number): Promise<Job>;
  /** Starts a failed or cancelled job again as a new one, which goes on where the first one ended. */
  retry(id: number, by: string): Promise<Job>;
  /** Says what does the work of a kind; until then its jobs wait. */
  register(kind: JobKind, work: Work): void;
  /** Tells each change of a job; gives what ends the telling. */
  subscribe(id: number, listener: (job: Job) => void): () => void;
  /** Ends running jobs at their next batch or file; they go on when the home is opened again. */
  close(): Promise<void>;
}

export interface JobsOptions {
  readonly now: () => Date;
  readonly uploads: Uploads;
  /** In place of the product's own work, a kind at a time. */
  readonly works?: Works;
  log?(line: string): void;
  /** Hears each change of every job. */
  heard?(job: Job): void;
}

/** Kinds that wait for one another; what changes facts is done by one server at a time. */
interface Lane {
  readonly kinds: readonly JobKind[];
  readonly changesFacts: boolean;
}

const LANES: readonly Lane[] = [
  { kinds: ['import', 'undo', 'replay', 'demo'], changesFacts: true },
  { kinds: ['report'], changesFacts: false },
  { kinds: ['backup'], changesFacts: false },
  { kinds: ['push'], changesFacts: false },
  { kinds: ['lookalike'], changesFacts: false },
];
/** Whether the facts are others once a job of a kind has ended. */
export function changesFacts(kind: JobKind): boolean {
  return LANES.some((lane) => lane.changesFacts && lane.kinds.includes(kind));
}

const WRITE_MS = 1000;
const TELL_MS = 200;
const MENDED_MS = 2 * 86_400_000;

/** Takes up the jobs of a home where the last process left them. */
export async function openJobs(product: Product, options: JobsOptions): Promise<Jobs> {
  const runner = new Runner(product, options);
  await options.uploads.sweep();
  await runner.open();
  return runner;
}

/** A job under way in this process. */
interface Running {
  readonly job: Job;
  readonly run: Run;
  progress: Job['progress'];
  writtenAt: number;
  toldAt: number;
  /** The progress being written, if any. */
  writing: Promise<void>;
}

class Runner implements Jobs {
  readonly #options: JobsOptions;
  readonly #registry: Product['installation']['context']['registry'];
  readonly #dir: string;
  readonly #works: Map<JobKind, Work>;
  readonly #running = new Map<number, Running>();
  readonly #cancelled = new Set<number>();
  readonly #listeners = new Map<number, Set<(job: Job) => void>>();
  readonly #lanes = LANES.map((lane) => ({ lane, tail: Promise.resolve(), isNext: false }));
  readonly #taker: Taker;
  #elsewhere: Elsewhere | undefined;
  #closing = false;

  constructor(product: Product, options: JobsOptions) {
    const { installation } = product;
    const works = { ...dataWorks(product, options.uploads), ...options.works };
    this.#options = options;
    this.#works = new Map(Object.entries(works) as [JobKind, Work][]);
    this.#registry = installation.context.registry;
    this.#dir = installation.home.dir;
    this.#taker = { registry: this.#registry, server: installation.home.server };
  }

  async open(): Promise<void> {
    await forgetMended(this.#registry, new Date(this.#options.now().getTime() - MENDED_MS).toISOString());
    this.#goOnWith(LANES.flatMap(({ kinds }) => kinds));
    if (this.#registry.kind !== 'server') return;
    const elsewhere = new Elsewhere(this.#lookout());
    this.#registry.locks.listen(() => elsewhere.look());
    this.#elsewhere = elsewhere;
  }

  async start(given: NewJob): Promise<Job> {
    if (this.#closing) throw closing();
    const job = await addJob(this.#registry, given, this.#now());
    this.#goOnWith([job.kind]);
    await this.#registry.locks.announce();
    return job;
  }

  register(kind: JobKind, work: Work): void {
    this.#works.set(kind, work);
    this.#goOnWith([kind]);
  }

  async get(id: number): Promise<Job> {
    return this.#current((await findJob(this.#registry, id)).job);
  }

  async list(page: PageOf): Promise<Page<Job>> {
    const found = await jobPage(this.#registry, page);
    return { ...found, items: found.items.map((job) => this.#current(job)) };
  }

  async cancel(id: number): Promise<Job> {
    await findJob(this.#registry, id);
    const job = await cancelJob(this.#registry, id, this.#now());
    if (!job) throw new ConflictError('job_over', `Job ${id} is over already: there is nothing to cancel.`);
    if (this.#running.has(id)) this.#cancelled.add(id);
    this.#tell(job);
    return this.#current(job);
  }

  async retry(id: number, by: string): Promise<Job> {
    const { job, params, host } = await findJob(this.#registry, id);
    if (job.status !== 'failed' && job.status !== 'cancelled')
      throw new ConflictError(
        'job_not_failed',
        `Job ${id} is ${job.status}: only a failed or cancelled one is retried.`,
      );
    return this.start({ kind: job.kind, title: job.title, params, by, host });
  }

  subscribe(id: number, listener: (job: Job) => void): () => void {
    const own = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, own.add(listener));
    return () => {
      own.delete(listener);
      if (own.size === 0 && this.#listeners.get(id) === own) this.#listeners.delete(id);
    };
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#elsewhere?.close();
    await Promise.all(this.#lanes.map((lane) => lane.tail));
  }

  #now(): string {
    return this.#options.now().toISOString();
  }

  #current(job: Job): Job {
    const running = this.#running.get(job.id);
    return running && !isOver(job.status) ? { ...job, progress: running.progress } : job;
  }

  #tell(job: Job): void {
    this.#options.heard?.(job);
    for (const listener of this.#listeners.get(job.id) ?? []) {
      try {
        listener(this.#current(job));
      } catch (error) {
        this.#log('listener', error);
      }
    }
  }

  #lookout() {
    return {
      awaited: () => [...this.#listeners.keys()].filter((id) => !this.#running.has(id)),
      get: (id: number) => this.get(id),
      tell: (job: Job) => this.#tell(job),
      goOn: () => this.#goOnWith(LANES.flatMap(({ kinds }) => kinds)),
      log: (what: string, error: unknown) => this.#log(what, error),
    };
  }

  #goOnWith(kinds: readonly JobKind[]): void {
    for (const each of this.#lanes) {
      if (each.isNext || !each.lane.kinds.some((kind) => kinds.includes(kind))) continue;
      each.isNext = true;
      const drain = async () => {
        each.isNext = false;
        await this.#drain(each.lane);
      };
      each.tail = each.tail.then(drain).catch((error: unknown) => this.#log('queue', error));
    }
  }

  async #drain({ kinds, changesFacts }: Lane): Promise<void> {
    const { locks } = this.#registry;
    for (let isMore = true; isMore && !this.#closing; ) {
      const able = kinds.filter((kind) => this.#works.has(kind));
      if (!(await hasWork(this.#taker, able))) return;
      const next = () => this.#performNext(able);
      isMore = changesFacts ? (await locks.tryAlone('writer', next))?.done === true : await next();
      if (isMore) await locks.announce();
    }
  }

  /** Whether there was a job for this server. */
  async #performNext(kinds: readonly JobKind[]): Promise<boolean> {
    await requeueGone(this.#registry, kinds);
    await giveUpHosts(this.#taker, this.#now());
    const next = await takeNext(this.#taker, kinds, this.#now());
    if (next) await this.#perform(next);
    return next !== undefined;
  }

  async #perform(stored: StoredJob): Promise<void> {
    const { job } = stored;
    if (stored.cancel) this.#cancelled.add(job.id);
    const run = { id: job.id, runner: this.#registry.locks.session };
    const running: Running = { job, run, progress: job.progress, writtenAt: 0, toldAt: 0, writing: Promise.resolve() };
    this.#running.set(job.id, running);
    this.#tell(job);
    try {
      const outcome = await this.#outcome(stored, running);
      await running.writing;
      if (outcome === undefined) return await requeue(this.#registry, run);
      const over = await endJob(this.#registry, run, { ...outcome, progress: running.progress }, this.#now());
      this.#running.delete(job.id);
      if (over) this.#tell(over);
    } finally {
      this.#running.delete(job.id);
      this.#cancelled.delete(job.id);
    }
  }

  /** What a job came to; undefined for one that was stopped and is to go on later. */
  async #outcome({ job, params }: StoredJob, running: Running): Promise<Outcome | undefined> {
    try {
      const result = await this.#works.get(job.kind)?.(params, {
        watch: (progress) => this.#watch(running, progress),
        remember: (more) => rememberInJob(this.#registry, job.id, more),
      });
      return { status: 'done', result };
    } catch (error) {
      if (error instanceof QianchengError && error.code === 'registry_lost') return undefined;
      if (error instanceof CancelledError) return error.resumes ? undefined : { status: 'cancelled' };
      return { status: 'failed', error: this.#told(job, error) };
    }
  }

  #watch(running: Running, progress: Progress): void {
    if (this.#closing) throw new CancelledError(true);
    if (this.#cancelled.has(running.job.id)) throw new CancelledError(false);
    const isNew = running.progress?.step !== progress.step;
    running.progress = progress;
    const now = this.#options.now().getTime();
    if (isNew || now - running.toldAt >= TELL_MS) {
      running.toldAt = now;
      this.#tell(running.job);
    }
    if (now - running.writtenAt < WRITE_MS) return;
    running.writtenAt = now;
    const write = running.writing.then(() => this.#note(running, progress));
    running.writing = write.catch((error: unknown) => this.#log('progress', error));
  }

  /** Note: a job may be cancelled through another server, which leaves word in the registry. */
  async #note({ job, run }: Running, progress: Progress): Promise<void> {
    const { cancel } = await noteProgress(this.#registry, run, progress);
    if (cancel && this.#running.has(job.id)) this.#cancelled.add(job.id);
  }

  /** A fault as its reader is told it: the folders of the server are no part of it. */
  #told(job: Job, error: unknown): { code: string; detail: string } {
    if (error instanceof QianchengError)
      return { code: error.code, detail: error.message.replaceAll(`${this.#dir}/`, '') };
    this.#log(`job ${job.id}`, error);
    return { code: 'internal', detail: 'Something failed inside the product; the log of the server says what.' };
  }

  #log(what: string, error: unknown): void {
    this.#options.log?.(`error ${what} ${faultText(error)}`);
  }
}

function closing(): UnavailableError {
  return new UnavailableError('closing', 'The server is about to stop: try again when it is back.');
}
