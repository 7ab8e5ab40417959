/** Training a lookalike as a job: seen, cancelled, taken up again, and never done twice. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../src/api/jobs.ts';
import { lookalike } from '../../src/api/lookalikes.ts';
import type { Work } from '../../src/app/jobs/job.ts';
import { type Jobs, openJobs } from '../../src/app/jobs/jobs.ts';
import { askLookalike } from '../../src/app/jobs/requests.ts';
import { dataWorks } from '../../src/app/jobs/works.ts';
import { openUploads } from '../../src/app/uploads.ts';
import { addDays } from '../../src/base/day.ts';
import { CancelledError } from '../../src/base/progress.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { bring } from '../audiences/asking.ts';
import { freshHome, now, type Product } from '../product.ts';
import { before, on, worldOf } from './world.ts';

const world = worldOf(5, 900);
const home = freshHome();
const given = { seed: 'buyers', on, ahead: 7, exclude: ['women'] };
let product: Product;
let jobs: Jobs | undefined;

beforeAll(async () => {
  await bring(home, world.known);
  product = await home.product();
  const bought = { bought: { window: { from: addDays(before, 1), to: on } } };
  await product.createAudience({ name: 'buyers', rule: bought, on });
  await product.createAudience({ name: 'women', rule: { tag: { name: 'gender', in: ['f'] } }, on });
  await product.createAudience({ name: 'known later', kind: 'static', rule: bought, on });
}, 120_000);
afterEach(async () => {
  await jobs?.close();
  jobs = undefined;
});

const uploads = () => openUploads(product, { now: () => now });

/** The jobs of the home; a training does not begin before what it waits for has come. */
async function open(waits: Promise<unknown> = Promise.resolve()): Promise<{ jobs: Jobs; begun: Promise<void> }> {
  const own = dataWorks(product, uploads()).lookalike;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work: Work = async (params, tools) => {
    begin();
    await waits;
    return own(params, tools);
  };
  jobs = await openJobs(product, { now: () => now, uploads: uploads(), works: { lookalike: work } });
  return { jobs, begun };
}

const ask = (to: Jobs) => askLookalike({ product, jobs: to, uploads: uploads(), by: 'ling' }, given);

/** Every state of a job until it is over. */
function watched(from: Jobs, id: number): Promise<Job[]> {
  return new Promise((resolve) => {
    const seen: Job[] = [];
    const end = from.subscribe(id, (job) => {
      seen.push(job);
      if (job.finishedAt === null) return;
      end();
      resolve(seen);
    });
  });
}

/** Rows that a training has left behind, and the models that are kept. */
async function left(): Promise<{ sample: number; out: number; models: number[] }> {
  const { warehouse } = product.installation.context;
  const models = (await product.lookalikes()).map(({ id }) => id);
  const rows = async (table: 'lookalike_sample' | 'lookalike_out') => {
    const of = table === 'lookalike_sample' ? sql`lookalike_sample` : sql`lookalike_out`;
    const [row] = await warehouse.rows<{ n: number }>(
      sql`SELECT count() AS n FROM ${of} WHERE model NOT IN (${models.length > 0 ? models : [0]})`,
    );
    return row?.n ?? 0;
  };
  return { sample: await rows('lookalike_sample'), out: await rows('lookalike_out'), models };
}

test('a training tells how far it is, and comes to a model', async () => {
  let go = () => {};
  const opened = await open(new Promise<void>((resolve) => (go = resolve)));
  const { id, kind, title } = await ask(opened.jobs);
  const over = watched(opened.jobs, id);
  go();
  const seen = await over;
  const last = seen.at(-1);
  expect([kind, title, last?.status]).toEqual(['lookalike', 'buyers', 'done']);
  const steps = [...new Set(seen.flatMap(({ progress }) => (progress ? [progress.step] : [])))];
  expect(steps).toEqual([
    ...['lookalike.members', 'lifecycle', 'lookalike.sample', 'lookalike.features', 'lookalike.measure'],
    'lookalike.learn',
  ]);
  const made = lookalike.parse(last?.result);
  expect(made).toEqual(await product.lookalike(made.id));
  expect(made).toMatchObject({ seed: 'buyers', exclude: ['women'], created_by: 'ling' });
});

test('one that is cancelled leaves nothing', async () => {
  let go = () => {};
  const before_ = await left();
  const opened = await open(new Promise<void>((resolve) => (go = resolve)));
  const { id } = await ask(opened.jobs);
  await opened.begun;
  const over = watched(opened.jobs, id);
  await opened.jobs.cancel(id);
  go();
  expect((await over).at(-1)).toMatchObject({ status: 'cancelled', result: null });
  expect(await left()).toEqual(before_);
});

test('one that the server stops under is taken up by the next, once', async () => {
  let go = () => {};
  const models = (await left()).models;
  const opened = await open(new Promise<void>((resolve) => (go = resolve)));
  const { id } = await ask(opened.jobs);
  await opened.begun;
  const closed = opened.jobs.close();
  go();
  await closed;
  const next = await open();
  const over = watched(next.jobs, id);
  expect((await over).at(-1)?.status).toBe('done');
  expect((await left()).models).toHaveLength(models.length + 1);
});

test.each(['members', 'sample', 'features', 'measure', 'learn'])(
  'what was begun under a number before a kill at %s goes, and the next start has that number',
  async (step) => {
    let number = 0;
    const watch = (progress: { readonly step: string }) => {
      if (progress.step === `lookalike.${step}`) throw new CancelledError(true);
    };
    const begins = async (model: number) => {
      number = model;
    };
    const training = { by: 'ling', begins };
    await expect(product.trainLookalike(given, watch, training)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await left()).toMatchObject({ sample: 0, out: 0 });
    const { warehouse } = product.installation.context;
    await warehouse.run(sql`INSERT INTO lookalike_sample (model, consumer, seed, fold) VALUES (${number}, 1, 1, 0)`);
    await warehouse.run(sql`INSERT INTO lookalike_out (model, who) VALUES (${number}, 1)`);
    const made = await product.trainLookalike(given, undefined, { by: 'ling', began: number });
    expect(made).toMatchObject({ id: number, report: { signal: true } });
    const count = await warehouse.rows(
      sql`SELECT count() = uniq(who) AS whole FROM lookalike_out WHERE model = ${number}`,
    );
    expect([count, (await left()).sample]).toEqual([[{ whole: 1 }], 0]);
    expect(await product.trainLookalike(given, undefined, { by: 'ling', began: number })).toEqual(made);
  },
);

test.each([
  ['nobody', { seed: 'nobody' }, 'audience'],
  ['a seed with an audience to leave out that is not there', { seed: 'buyers', exclude: ['nobody'] }, 'audience'],
  ['members that nobody knew yet', { seed: 'known later', on: before }, 'lookalike_static'],
])('%s is refused before a job begins', async (_, asked, code) => {
  const { jobs: open_ } = await open();
  const count = async () => (await open_.list({ limit: 50 })).items.length;
  const known = await count();
  const asking = { product, jobs: open_, uploads: uploads(), by: 'ling' };
  await expect(askLookalike(asking, asked)).rejects.toMatchObject({ code });
  expect(await count()).toBe(known);
});

test('too few seeds end the job with the reason in both languages', async () => {
  await product.createAudience({
    name: 'few',
    rule: { all: [{ audience: 'buyers' }, { sample: { percent: 5 } }] },
    on,
  });
  const { jobs: open_ } = await open();
  const { id } = await askLookalike({ product, jobs: open_, uploads: uploads(), by: 'ling' }, { seed: 'few', on });
  const over = (await watched(open_, id)).at(-1);
  expect(over).toMatchObject({ status: 'failed', error: { code: 'lookalike_seed' } });
  expect(over?.error?.text?.zh).toContain('few');
});
