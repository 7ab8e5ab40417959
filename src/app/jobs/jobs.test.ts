import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { freshHome, type Product } from '../../../test/product.ts';
import type { Job } from '../../api/jobs.ts';
import { InputError } from '../../base/errors.ts';
import { openUploads } from '../uploads.ts';
import type { JobParams, Tools, Work } from './job.ts';
import { type Jobs, openJobs } from './jobs.ts';
import { noteProgress } from './store.ts';

const home = freshHome();
let product: Product;
let jobs: Jobs | undefined;
let clock = Date.parse('2026-07-15T00:00:00Z');
const logged: string[] = [];

beforeAll(async () => {
  product = await home.product();
});
afterEach(async () => {
  await jobs?.close();
  jobs = undefined;
  await product.installation.context.registry.rows('delete from job');
});

async function open(works: Partial<Record<'import' | 'undo' | 'report', Work>>): Promise<Jobs> {
  const now = () => new Date(clock);
  jobs = await openJobs(product, {
    now,
    uploads: openUploads(product, { now }),
    works,
    log: (line) => logged.push(line),
  });
  return jobs;
}

/** Work that a test lets go on step by step; it reports before each. */
class Steps {
  readonly log: string[] = [];
  readonly params: JobParams[] = [];
  #go = new Map<string, () => void>();
  #begun = new Map<string, () => void>();

  readonly work: Work = async (params, tools: Tools) => {
    const name = String(params.name);
    this.params.push(params);
    this.log.push(`${name} starts`);
    for (let done = 0; done < Number(params.steps ?? 1); done += 1) {
      const gone = new Promise<void>((resolve) => this.#go.set(name, resolve));
      tools.watch({ step: `${name} ${done}`, done, unit: 'files' });
      await tools.remember({ done });
      this.#begun.get(name)?.();
      await gone;
    }
    tools.watch({ step: 'last', done: 1, unit: 'files' });
    this.log.push(`${name} ends`);
    return { name };
  };

  /** Waits until work of that name stands at a step. */
  at(name: string): Promise<void> {
    return new Promise((resolve) => this.#begun.set(name, resolve));
  }

  go(name: string): void {
    this.#go.get(name)?.();
  }
}

const ask = (name: string, more: JobParams = {}) => ({
  kind: 'import' as const,
  title: name,
  params: { name, ...more },
  by: 'ling',
});

/** The job once it is over. */
function over(open: Jobs, id: number): Promise<Job> {
  return new Promise((resolve) => {
    const take = (job: Job) => {
      if (job.finishedAt === null) return;
      end();
      resolve(job);
    };
    const end = open.subscribe(id, take);
    void open.get(id).then(take);
  });
}

test('two jobs asked at once run one after another, in the order they were asked', async () => {
  const steps = new Steps();
  const open_ = await open({ import: steps.work, undo: steps.work });
  const first = steps.at('one');
  const one = await open_.start(ask('one'));
  const two = await open_.start({ ...ask('two'), kind: 'undo' });
  await first;
  expect((await open_.list({ limit: 10 })).items.map(({ title, status }) => [title, status])).toEqual([
    ['two', 'queued'],
    ['one', 'running'],
  ]);
  const second = steps.at('two');
  const ends = [over(open_, one.id), over(open_, two.id)];
  steps.go('one');
  await second;
  steps.go('two');
  expect((await Promise.all(ends)).map(({ status, result }) => [status, result])).toEqual([
    ['done', { name: 'one' }],
    ['done', { name: 'two' }],
  ]);
  expect(steps.log).toEqual(['one starts', 'one ends', 'two starts', 'two ends']);
});

test('a report does not wait for an import, and waits until something does the work of reports', async () => {
  const steps = new Steps();
  const open_ = await open({ import: steps.work });
  const busy = steps.at('long');
  await open_.start(ask('long'));
  await busy;
  const report = await open_.start({ ...ask('report', { steps: 0 }), kind: 'report' });
  expect((await open_.get(report.id)).status).toBe('queued');
  const ended = over(open_, report.id);
  open_.register('report', steps.work);
  expect((await ended).status).toBe('done');
  steps.go('long');
});

test('a waiting job is cancelled at once, a running one at its next step, and one that is over not at all', async () => {
  const steps = new Steps();
  const open_ = await open({ import: steps.work });
  const busy = steps.at('one');
  const one = await open_.start(ask('one'));
  const two = await open_.start(ask('two'));
  await busy;
  expect(await open_.cancel(two.id)).toMatchObject({ status: 'cancelled', finishedAt: '2026-07-15T00:00:00.000Z' });
  const ended = over(open_, one.id);
  expect((await open_.cancel(one.id)).status).toBe('running');
  steps.go('one');
  expect(await ended).toMatchObject({ status: 'cancelled', result: null, error: null });
  await expect(open_.cancel(one.id)).rejects.toMatchObject({ code: 'job_over' });
  await expect(open_.cancel(999)).rejects.toMatchObject({ code: 'job' });
  expect(steps.log).toEqual(['one starts']);
});

test('a failed job says why without the folders of the server, and is tried again with what it remembered', async () => {
  const { dir } = product.installation.home;
  const path = join(dir, 'uploads', 'abc', 'x.csv');
  let starts = 0;
  const open_ = await open({
    import: async (params, { remember }) => {
      await remember({ began: 7 });
      starts += 1;
      if (starts === 1) throw new InputError('unreadable', `${path} cannot be opened.`);
      return params;
    },
  });
  const first = await open_.start(ask('one'));
  const failed = await over(open_, first.id);
  expect(failed.error).toEqual({ code: 'unreadable', detail: 'uploads/abc/x.csv cannot be opened.' });
  const again = await open_.retry(first.id, 'wang');
  expect(again.createdBy).toBe('wang');
  expect((await over(open_, again.id)).result).toEqual({ name: 'one', began: 7 });
  await expect(open_.retry(again.id, 'wang')).rejects.toMatchObject({ code: 'job_not_failed' });
});

test('what fails inside the product stands in the log and not in the job', async () => {
  const open_ = await open({ import: () => Promise.reject(new Error('13800138000 broke it')) });
  const job = await open_.start(ask('one'));
  expect((await over(open_, job.id)).error).toMatchObject({ code: 'internal' });
  expect((await open_.get(job.id)).error?.detail).not.toContain('13800138000');
  expect(logged.join('\n')).toContain('broke it');
});

test('a job that was running when the server stopped goes on at the next start, the waiting ones after it', async () => {
  const steps = new Steps();
  const first = await open({ import: steps.work });
  const busy = steps.at('one');
  const one = await first.start(ask('one', { steps: 2 }));
  const two = await first.start(ask('two', { steps: 0 }));
  await busy;
  const closed = first.close();
  steps.go('one');
  await closed;
  expect((await first.get(one.id)).status).toBe('queued');
  const again = steps.at('one');
  const second = await open({ import: steps.work });
  await again;
  expect(steps.params.at(-1)).toEqual({ name: 'one', steps: 2, done: 0 });
  const ends = [over(second, one.id), over(second, two.id)];
  const next = steps.at('one');
  steps.go('one');
  await next;
  steps.go('one');
  expect((await Promise.all(ends)).map(({ status }) => status)).toEqual(['done', 'done']);
  expect(steps.log).toEqual(['one starts', 'one starts', 'one ends', 'two starts', 'two ends']);
});

test('a job that was cancelled and then killed before it heard of it ends as cancelled', async () => {
  const { registry } = product.installation.context;
  await registry.rows(
    `insert into job (kind, title, params, status, cancel) values ('import', 'x', '{"name": "x"}', 'running', true)`,
  );
  const [row] = await registry.rows<{ id: number }>('select id from job');
  const steps = new Steps();
  const open_ = await open({ import: steps.work });
  expect((await over(open_, row?.id ?? 0)).status).toBe('cancelled');
});

test('progress is told as it comes, kept in memory, and written once a second at most', async () => {
  const seen: (number | undefined)[] = [];
  const written: unknown[] = [];
  const { registry } = product.installation.context;
  const open_ = await open({
    import: async (_, { watch }) => {
      for (let done = 0; done < 30; done += 1) {
        watch({ step: 'x.csv', done, total: 30, unit: 'bytes' });
        clock += 100;
        const [row] = await registry.rows<{ progress: Job['progress'] }>('select progress from job');
        if (written.at(-1) !== row?.progress?.done) written.push(row?.progress?.done);
      }
      return (await open_.list({ limit: 1 })).items[0]?.progress?.done;
    },
  });
  const job = await open_.start(ask('one'));
  const end = open_.subscribe(job.id, (each) => seen.push(each.progress?.done));
  const ended = await over(open_, job.id);
  end();
  expect(ended.result).toBe(29);
  expect(written).toEqual([0, 10, 20]);
  expect(seen.filter((each) => each !== undefined)).toEqual([
    0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 29,
  ]);
  expect(ended.progress?.done).toBe(29);
  await noteProgress(registry, { id: job.id, runner: registry.locks.session }, { step: 'late', done: 1, unit: 'rows' });
  expect((await open_.get(job.id)).progress?.step).toBe('x.csv');
});
