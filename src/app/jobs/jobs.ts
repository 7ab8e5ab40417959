import type { Job } from '../../api/jobs.ts';
import { ConflictError, QianchengError, UnavailableError } from '../../base/errors.ts';
import { faultText } from '../../base/faultText.ts';
import { CancelledError, type Progress } from '../../base/progress.ts';
import type { Page, PageOf } from '../page.ts';
import type { Product } from '../product.ts';
import type { Uploads } from '../uploads.ts';
import { isOver, type JobKind, type Work, type Works } from './job.ts';
import {
  addJob,
  cancelJob,
  endJob,
  findJob,
  forgetMended,
  jobPage,
  type NewJob,
  noteProgress,
  type Outcome,
  rememberInJob,
  requeue,
  type StoredJob,
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
}

const LANES: readonly (readonly JobKind[])[] = [['import', 'undo', 'replay', 'demo'], ['report']];
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
  readonly #lanes = LANES.map((kinds) => ({ kinds, tail: Promise.resolve() }));
  #closing = false;

  constructor(product: Product, options: JobsOptions) {
    const { installation } = product;
    const works = { ...dataWorks(product, options.uploads), ...options.works };
    this.#options = options;
    this.#works = new Map(Object.entries(works) as [JobKind, Work][]);
    this.#registry = installation.context.registry;
    this.#dir = installation.home.dir;
  }

  async open(): Promise<void> {
    await requeue(this.#registry);
    await forgetMended(this.#registry, new Date(this.#options.now().getTime() - MENDED_MS).toISOString());
    for (const lane of this.#lanes) this.#goOn(lane);
  }

  async start(given: NewJob): Promise<Job> {
    if (this.#closing) throw closing();
    const job = await addJob(this.#registry, given, this.#now());
    for (const lane of this.#lanes) if (lane.kinds.includes(job.kind)) this.#goOn(lane);
    return job;
  }

  register(kind: JobKind, work: Work): void {
    this.#works.set(kind, work);
    for (const lane of this.#lanes) if (lane.kinds.includes(kind)) this.#goOn(lane);
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
    if (job.status === 'running') this.#cancelled.add(id);
    this.#tell(job);
    return this.#current(job);
  }

  async retry(id: number, by: string): Promise<Job> {
    const { job, params } = await findJob(this.#registry, id);
    if (job.status !== 'failed' && job.status !== 'cancelled')
      throw new ConflictError(
        'job_not_failed',
        `Job ${id} is ${job.status}: only a failed or cancelled one is retried.`,
      );
    return this.start({ kind: job.kind, title: job.title, params, by });
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
    for (const listener of this.#listeners.get(job.id) ?? []) {
      try {
        listener(this.#current(job));
      } catch (error) {
        this.#log('listener', error);
      }
    }
  }

  #goOn(lane: { kinds: readonly JobKind[]; tail: Promise<void> }): void {
    lane.tail = lane.tail.then(() => this.#drain(lane.kinds)).catch((error: unknown) => this.#log('queue', error));
  }

  async #drain(kinds: readonly JobKind[]): Promise<void> {
    while (!this.#closing) {
      const able = kinds.filter((kind) => this.#works.has(kind));
      const next = await takeNext(this.#registry, able, this.#now());
      if (!next) return;
      await this.#perform(next);
    }
  }

  async #perform(stored: StoredJob): Promise<void> {
    const { job } = stored;
    if (stored.cancel) this.#cancelled.add(job.id);
    const running: Running = { job, progress: job.progress, writtenAt: 0, toldAt: 0, writing: Promise.resolve() };
    this.#running.set(job.id, running);
    this.#tell(job);
    try {
      const outcome = await this.#outcome(stored, running);
      await running.writing;
      if (outcome === undefined) return await requeue(this.#registry, job.id);
      const over = await endJob(this.#registry, job.id, { ...outcome, progress: running.progress }, this.#now());
      this.#running.delete(job.id);
      this.#tell(over);
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
    const write = running.writing.then(() => noteProgress(this.#registry, running.job.id, progress));
    running.writing = write.catch((error: unknown) => this.#log('progress', error));
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
