import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../src/api/jobs.ts';
import { importPath } from '../../src/app/importing.ts';
import { importPageOf, showImport } from '../../src/app/imports.ts';
import { type Jobs, openJobs } from '../../src/app/jobs/jobs.ts';
import { askImport, askReplay, askUndo, type ImportRequest } from '../../src/app/jobs/requests.ts';
import { openProduct, type Product } from '../../src/app/product.ts';
import type { ImportReport } from '../../src/app/reports.ts';
import { openUploads, type Uploads } from '../../src/app/uploads.ts';
import { CancelledError, type Progress, unwatched } from '../../src/base/progress.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { csv } from './home.ts';

/** A clock that goes on, from a day of its own. */
const now = () => new Date(Date.parse('2026-07-01T00:00:00Z') + performance.now());
const root = mkdtempSync(join(tmpdir(), 'qiancheng-jobs-'));
const dir = join(root, 'home');
let product: Product;
let uploads: Uploads;
let jobs: Jobs;

async function open(): Promise<void> {
  product = await openProduct(dir, {}, now);
  uploads = openUploads(product, { now });
  jobs = await openJobs(product, { now, uploads });
}

async function close(): Promise<void> {
  await jobs.close();
  await product.close();
}

beforeAll(open);
afterAll(async () => {
  await close();
  rmSync(root, { recursive: true, force: true });
});

const asking = () => ({ product, jobs, uploads, by: 'ling' });
const warehouse = () => product.installation.context.warehouse;

/** Events of `count` consumers of their own, all on one day. */
const events = (name: string, count: number, day = '2026-06-30'): string =>
  csv(
    Array.from({ length: count }, (_, i) => ({
      event_time: `${day} 10:00:00`,
      behavior: 'impression',
      id_user: `${name}${i}`,
    })),
  );

const LONG = 20_000;

/** Large enough to be read in several batches. */
const long = (name: string) => events(name, LONG).replaceAll('impression', `other${'w'.repeat(2000)}`);

async function upload(name: string, content: string): Promise<string> {
  const bytes = Buffer.from(content);
  const { id } = await uploads.create({ name, size: bytes.length }, 'ling');
  await uploads.write(id, 0, new Blob([bytes]).stream() as ReadableStream<Uint8Array>);
  return id;
}

function folder(files: Readonly<Record<string, string>>): string {
  const at = mkdtempSync(join(root, 'files-'));
  mkdirSync(at, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(at, name), content);
  return at;
}

/** The job when it is over, or when it is as told. */
function until(id: number, is: (job: Job) => boolean = () => false): Promise<Job> {
  return new Promise((resolve) => {
    const take = (job: Job) => {
      if (job.finishedAt === null && !is(job)) return;
      end();
      resolve(job);
    };
    const end = jobs.subscribe(id, take);
    void jobs.get(id).then(take);
  });
}

const importing = async (asked: ImportRequest) => (await askImport(asking(), asked)).id;

/** Rows among the facts by the file that brought them, of one import. */
async function factsOf(importId: number): Promise<Record<string, number>> {
  const { registry } = product.installation.context;
  const files = await registry.rows<{ id: number; name: string }>(
    'select id, name from import_file where import_id = $1',
    [importId],
  );
  const rows = await warehouse().rows<{ file: number; rows: number }>(
    sql`SELECT file, count() AS rows FROM events WHERE file IN ${files.map(({ id }) => id)} GROUP BY file ORDER BY file`,
  );
  const names = new Map(files.map(({ id, name }) => [id, name]));
  return Object.fromEntries(rows.map(({ file, rows: count }) => [names.get(file) ?? '', count]));
}

const lastImport = async () => (await importPageOf(product.installation.context, { limit: 1 })).items[0]?.id ?? 0;

const stages = async () =>
  (
    await warehouse().rows(
      sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'stage\\_%' AND name != 'stage_spans'`,
    )
  ).length;

test('questions asked while files come and go see whole files only', async () => {
  const N = 5_000;
  const at = { event_time: '2026-05-01 10:00:00', behavior: 'impression' };
  const numbers = Array.from({ length: N }, (_, i) => i);
  const apart = numbers.flatMap((i) => [
    { ...at, id_user: `u${i}`, id_device: '' },
    { ...at, id_user: '', id_device: `d${i}` },
  ]);
  // The second file joins each user with a device: facts of the first move to other consumers.
  const joined = numbers.map((i) => ({ ...at, id_user: `u${i}`, id_device: `d${i}` }));
  const path = folder({ 'events-1.csv': csv(apart), 'events-2.csv': csv(joined) });
  const whole = [`0 0 0`, `${2 * N} ${2 * N} 0`, `${N} ${3 * N} 0`, `${N} ${N} 0`];
  const seen = new Set<string>();
  let isOver = false;
  const look = async () => {
    while (!isOver)
      await product.installation.context.gate.shared(async () => {
        const [row] = await warehouse().rows<{ consumers: number; rows: number; nobody: number }>(
          sql`SELECT uniqExact(consumer) AS consumers, count() AS rows, countIf(consumer = 0) AS nobody FROM events`,
        );
        seen.add(`${row?.consumers} ${row?.rows} ${row?.nobody}`);
      });
  };
  const ask = async () => {
    while (!isOver) {
      const { rows } = await product.run('aipl-stock', { on: '2026-05-01' }, unwatched);
      const consumers = rows.reduce((sum, row) => sum + Number(row.consumers), 0);
      expect([0, N, 2 * N]).toContain(consumers);
    }
  };
  const watching = [look(), look(), ask()];
  await until(await importing({ path }));
  await until((await askUndo(asking(), await lastImport())).id);
  isOver = true;
  await Promise.all(watching);
  expect([...seen].filter((each) => !whole.includes(each))).toEqual([]);
  expect(seen.size).toBeGreaterThan(1);
});

test('uploads become an import under their own names, and go when it is done', async () => {
  const mapping = { entity: 'events', columns: { event_time: 't', behavior: { constant: 'cart' }, id_user: 'u' } };
  const ids = [
    await upload('../../一.csv', 't,u\n2026-06-30,a\n'),
    await upload('二.csv', 't,u\n2026-06-30,b\nnever,c\n'),
  ];
  const id = await importing({ uploads: ids, mapping, source: 'shop' });
  await expect(askImport(asking(), { uploads: ids })).rejects.toMatchObject({ code: 'upload_in_use' });
  const job = await until(id);
  expect(job).toMatchObject({ status: 'done', kind: 'import', title: '一.csv, 二.csv', createdBy: 'ling' });
  const report = job.result as ImportReport;
  expect(report.files.map(({ file, preset, accepted, rejected }) => [file, preset, accepted, rejected])).toEqual([
    ['一.csv', 'mapping', 1, 0],
    ['二.csv', 'mapping', 1, 1],
  ]);
  for (const each of ids) {
    await expect(uploads.get(each)).rejects.toMatchObject({ code: 'upload' });
    expect(existsSync(join(dir, 'uploads', each))).toBe(false);
  }
  const { items } = await importPageOf(product.installation.context, { limit: 1 });
  expect(items).toMatchObject([
    { id: report.import, path: '一.csv, 二.csv', source: 'shop', status: 'done', accepted: 2 },
  ]);
  const ledger = await product.installation.context.registry.rows<{ path: string }>(
    'select path from import_file where import_id = $1',
    [report.import],
  );
  expect(ledger.map(({ path }) => path.startsWith('uploads/'))).toEqual([true, true]);

  const [reject] = await product.rejects({});
  const mended = [{ file_id: reject?.file_id ?? 0, line: reject?.line ?? 0, raw: '2026-06-30,13800138000' }];
  const replay = await askReplay(asking(), { import: report.import, mended });
  const replayed = await until(replay.id);
  expect((replayed.result as ImportReport).files).toMatchObject([
    { file: 'rejects of 二.csv', accepted: 1, rejected: 0 },
  ]);
  expect(await product.rejects({})).toEqual([]);
  const kept = await product.installation.context.registry.rows('select params from job where id = $1', [replay.id]);
  expect(JSON.stringify(kept)).not.toContain('13800138000');

  const undo = await askUndo(asking(), report.import);
  expect(await until(undo.id)).toMatchObject({ status: 'done', result: { import: report.import, files: 2, rows: 2 } });
  await expect(askUndo(asking(), report.import)).rejects.toMatchObject({ code: 'already_undone' });
});

test('an import cancelled while a file is read leaves nothing of it, and keeps the files before it', async () => {
  const path = folder({ 'events-1.csv': events('a', 3), 'events-2.csv': long('a') });
  const stopping = importPath(
    watching(({ step, rows }) => step === 'events-2.csv' && rows !== undefined),
    path,
    {},
  );
  await expect(stopping).rejects.toMatchObject({ code: 'cancelled' });
  const id = await lastImport();
  expect(await factsOf(id)).toEqual({ 'events-1.csv': 3 });
  expect(await stages()).toBe(0);
  const shown = await showImport(product.installation.context, id);
  expect(shown).toMatchObject({ status: 'failed', read: 3, accepted: 3, rejected: 0 });
  expect(shown.reports.map(({ file, accepted, message }) => [file, accepted, message?.includes('cancelled')])).toEqual([
    ['events-1.csv', 3, undefined],
    ['events-2.csv', 0, true],
  ]);
});

test('an import cancelled while facts are made ends before the next file, never in the middle', async () => {
  const path = folder({ 'events-1.csv': events('b', 5), 'events-2.csv': events('bb', 5) });
  let isTold = false;
  const context = watching(({ step }) => {
    isTold ||= step === 'identity';
    return isTold;
  });
  await expect(importPath(context, path, {})).rejects.toMatchObject({ code: 'cancelled' });
  const id = await lastImport();
  expect(await factsOf(id)).toEqual({ 'events-1.csv': 5 });
  expect((await showImport(product.installation.context, id)).reports.map(({ file }) => file)).toEqual([
    'events-1.csv',
  ]);
});

/** A home whose work is cancelled at the first report that is so. */
function watching(is: (progress: Progress) => boolean) {
  const watch = (progress: Progress) => {
    if (is(progress)) throw new CancelledError(false);
  };
  return { ...product.installation.context, watch };
}

test('a cancelled job of an import goes on where it ended when it is tried again, as the same import', async () => {
  const path = folder({ 'events-1.csv': events('c', 3), 'events-2.csv': long('c'), 'events-3.csv': events('cc', 4) });
  const id = await importing({ path });
  await until(id, ({ progress }) => progress?.step === 'events-2.csv');
  await jobs.cancel(id);
  expect((await until(id)).status).toBe('cancelled');
  const begun = await lastImport();
  const again = await until((await jobs.retry(id, 'ling')).id);
  expect(again.status).toBe('done');
  const report = again.result as ImportReport;
  expect(report.import).toBe(begun);
  expect(report.files.map(({ file, accepted, duplicate }) => [file, accepted, duplicate])).toEqual([
    ['events-1.csv', 3, 0],
    ['events-2.csv', LONG, 0],
    ['events-3.csv', 4, 0],
  ]);
});

const MANY = 30_000;

test('an import whose server is killed goes on when the server is back, and is one import', async () => {
  const path = folder({ 'events-1.csv': events('d', 3), 'events-2.csv': events('dd', MANY) });
  await close();
  const fixture = fileURLToPath(new URL('./jobs.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', fixture, dir, path], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const id = await new Promise<number>((resolve) => {
    child.on('message', ({ job, progress }: { job: number; progress: Job['progress'] }) => {
      if (progress?.step === 'events-2.csv') resolve(job);
    });
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  await open();
  const job = await until(id);
  expect(job.status).toBe('done');
  expect(
    (job.result as ImportReport).files.map(({ file, accepted, duplicate }) => [file, accepted, duplicate]),
  ).toEqual([
    ['events-1.csv', 3, 0],
    ['events-2.csv', MANY, 0],
  ]);
  expect(await factsOf((job.result as ImportReport).import)).toEqual({ 'events-1.csv': 3, 'events-2.csv': MANY });
  expect((await importPageOf(product.installation.context, { limit: 1 })).items).toMatchObject([
    { id: (job.result as ImportReport).import, status: 'done' },
  ]);
}, 120_000);
