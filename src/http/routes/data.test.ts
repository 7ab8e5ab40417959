import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshHome, type Product } from '../../../test/product.ts';
import { openAccounts } from '../../accounts/accounts.ts';
import { addKey } from '../../accounts/keys.ts';
import { pageOf, problem } from '../../api/common.ts';
import {
  contractEntity,
  importEntry,
  importPage,
  presetEntry,
  recognised,
  reject,
  rejectSum,
  savedMapping,
  upload,
} from '../../api/data.ts';
import { examination } from '../../api/doctor.ts';
import { type Job, job } from '../../api/jobs.ts';
import type { Role } from '../../api/permissions.ts';
import { type Jobs, openJobs } from '../../app/jobs/jobs.ts';
import { openUploads, type Uploads } from '../../app/uploads.ts';
import { type App, appOf } from '../app.ts';
import type { Services } from '../services.ts';

const home = freshHome();
const now = () => new Date(Date.parse('2026-07-15T00:00:00Z') + performance.now());
const localToken = 'only-this-machine';
const tokens: Partial<Record<Role | 'terminal', string>> = { terminal: localToken };
const logged: string[] = [];
let product: Product;
let uploads: Uploads;
let jobs: Jobs;
let app: App;

/** The routes of data and jobs need no more than these. */
beforeAll(async () => {
  product = await home.product();
  const { registry } = product.installation.context;
  const accounts = await openAccounts(registry, { now, key: product.installation.home.key, localToken });
  for (const role of ['viewer', 'analyst', 'operator', 'admin'] as const)
    tokens[role] = (await addKey(registry, { name: role, role }, 'test', now())).key;
  uploads = openUploads(product, { now });
  jobs = await openJobs(product, { now, uploads });
  const services: Partial<Services> = { product, accounts, uploads, jobs, now, log: (line) => logged.push(line) };
  app = appOf(services as Services);
});
afterAll(() => jobs?.close());

interface Ask {
  readonly as?: Role | 'terminal';
  readonly method?: string;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
}

async function ask(path: string, { as = 'operator', method, body, bytes }: Ask = {}): Promise<Response> {
  const given = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return app.request(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${tokens[as]}`,
      'content-type': bytes ? 'application/octet-stream' : 'application/json',
    },
    ...(given === undefined ? {} : { body: given }),
  });
}

const told = async (response: Response) => [response.status, problem.parse(await response.json()).code];

async function send(name: string, content: string): Promise<string> {
  const bytes = Buffer.from(content);
  const { id } = upload.parse(await (await ask('/api/uploads', { body: { name, size: bytes.length } })).json());
  await ask(`/api/uploads/${id}/bytes?offset=0`, { method: 'PUT', bytes });
  return id;
}

/** Events of a job as they are pushed, to its end. */
async function watched(id: number): Promise<Job[]> {
  const response = await ask(`/api/jobs/${id}/events`, { as: 'viewer' });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const messages = (await response.text()).split('\n\n').filter((each) => each.startsWith('event: job\n'));
  return messages.map((each) => job.parse(JSON.parse(each.replace('event: job\ndata: ', ''))));
}

async function done(response: Response): Promise<Job> {
  expect(response.status).toBe(202);
  const started = job.parse(await response.json());
  const last = (await watched(started.id)).at(-1);
  if (!last) throw new Error('the job told nothing');
  return last;
}

const rows = 'event_time,behavior,id_user,id_phone\n2026-07-01,pv,u1,13800138000\nnever,cart,u2,13900139000\n';

test('from dropping a file to its rejects mended and the import taken back, by the API alone', async () => {
  const id = await send('../../events-七月.csv', rows);
  expect(upload.parse(await (await ask(`/api/uploads/${id}`)).json())).toMatchObject({
    name: 'events-七月.csv',
    received: rows.length,
  });
  const seen = recognised.parse(await (await ask(`/api/uploads/${id}/recognise`, { body: { rows: 5 } })).json());
  expect(seen).toMatchObject({
    file: 'events-七月.csv',
    preset: 'canonical',
    entity: 'events',
    accepted: 1,
    rejected: 1,
  });

  const imported = await done(await ask('/api/imports', { body: { uploads: [id] } }));
  expect(imported).toMatchObject({ status: 'done', title: 'events-七月.csv', createdBy: 'key:operator' });
  const page = pageOf(importEntry).parse(await (await ask('/api/imports', { as: 'viewer' })).json());
  expect(page.items).toMatchObject([{ path: 'events-七月.csv', status: 'done', read: 2, accepted: 1, rejected: 1 }]);
  const own = page.items[0]?.id ?? 0;
  const shown = importPage.parse(await (await ask(`/api/imports/${own}`, { as: 'viewer' })).json());
  expect(shown.reports).toMatchObject([{ file: 'events-七月.csv', preset: 'canonical', accepted: 1, rejected: 1 }]);

  const sums = pageOf(rejectSum).parse(await (await ask('/api/rejects/summary', { as: 'viewer' })).json());
  expect(sums.items).toMatchObject([
    { import: own, file: 'events-七月.csv', column: 'event_time', reason: 'time', rows: 1 },
  ]);
  const [wrong] = pageOf(reject).parse(await (await ask('/api/rejects', { as: 'analyst' })).json()).items;
  expect(wrong).toMatchObject({ line: 3, raw: 'never,cart,u2,13900139000' });
  const mended = [{ file_id: wrong?.file_id, line: 3, raw: '2026-07-02,cart,u2,13900139000' }];
  const replayed = await done(await ask('/api/rejects/replay', { body: { import: own, mended } }));
  expect(replayed).toMatchObject({ status: 'done', result: { files: [{ accepted: 1, rejected: 0 }] } });

  const { checks } = examination.parse(await (await ask('/api/doctor', { as: 'admin' })).json());
  const found = checks.map(({ name, ok, detail, text }) => [name, ok, detail === text.en, text.zh]);
  expect(found.slice(-3)).toEqual([
    ['books', true, true, '2 个文件，0 个不平'],
    ['facts', true, true, '收下的行都在'],
    ['imports', true, true, '没有'],
  ]);
  await expect((await ask('/api/demo', { body: { size: 'tiny' } })).json()).resolves.toMatchObject({
    status: 409,
    code: 'demo_not_fresh',
    text: { zh: expect.stringMatching(/^这里已经有数据/), en: expect.stringMatching(/^This home has data already/) },
  });

  const undone = await done(await ask(`/api/imports/${own}`, { method: 'DELETE' }));
  expect(undone).toMatchObject({ status: 'done', result: { import: own, files: 1, rows: 1 } });
  expect(await told(await ask(`/api/imports/${own}`, { method: 'DELETE' }))).toEqual([409, 'already_undone']);
  const listed = pageOf(job).parse(await (await ask('/api/jobs?limit=2', { as: 'viewer' })).json());
  expect(listed.items.map(({ kind }) => kind)).toEqual(['undo', 'replay']);
  const next = pageOf(job).parse(await (await ask(`/api/jobs?limit=2&cursor=${listed.next}`, { as: 'viewer' })).json());
  expect(next.items.map(({ kind }) => kind)).toEqual(['import']);
});

test('rejects mended in a file are replayed from it, and the file is forgotten', async () => {
  const id = await send('events-补.csv', rows);
  const imported = await done(await ask('/api/imports', { body: { uploads: [id] } }));
  const own = (imported.result as { import: number }).import;
  const [wrong] = pageOf(reject).parse(await (await ask(`/api/rejects?import=${own}`, { as: 'analyst' })).json()).items;
  const mended = await send(
    'mended.csv',
    `file,file_id,line,raw\nx,${wrong?.file_id},3,"2026-07-03,cart,u2,13900139000"\n`,
  );
  const replayed = await done(await ask('/api/rejects/replay', { body: { mended_upload: mended } }));
  expect(replayed).toMatchObject({ status: 'done', result: { files: [{ read: 1, accepted: 1, rejected: 0 }] } });
  expect(await told(await ask(`/api/uploads/${mended}`))).toEqual([404, 'upload']);
});

test.each([
  ['without the columns', 'file,line,text\na,3,b\n', {}, 'mended'],
  ['whose texts stand without quotes', 'file_id,line,raw\n1,3,2026-07-02,cart,u2\n', {}, 'mended'],
  ['beyond what a job keeps', `file_id,line,raw\n${`1,3,${'x'.repeat(1 << 20)}\n`.repeat(9)}`, {}, 'mended_large'],
  ['beside mended rows', 'file_id,line,raw\n1,3,x\n', { mended: [] }, 'mended_twice'],
])('a file of mended rows %s is refused at once', async (_, content, beside, code) => {
  const body = { mended_upload: await send('mended.csv', content), ...beside };
  expect(await told(await ask('/api/rejects/replay', { body }))).toEqual([400, code]);
});

test('a number of a person is in no log, no audit and no job', async () => {
  const { registry } = product.installation.context;
  const kept = JSON.stringify([
    logged,
    await registry.rows('select * from job'),
    await registry.rows('select * from audit'),
  ]);
  expect(kept).toContain('rejects.replay');
  expect(kept).not.toMatch(/13[89]001/);
});

test('a viewer sees how many rows were rejected and none of their text', async () => {
  expect(await told(await ask('/api/rejects', { as: 'viewer' }))).toEqual([403, 'permission']);
  expect((await ask('/api/rejects/summary', { as: 'viewer' })).status).toBe(200);
});

describe("a file of the server's own disk", () => {
  const path = () => join(home.files, 'exports', 'events.csv');
  beforeAll(() => {
    mkdirSync(join(home.files, 'exports'), { recursive: true });
    writeFileSync(path(), rows);
  });

  test.each(['path', 'mapping_file'])('is not named by an operator (%s)', async (key) => {
    const body = key === 'path' ? { path: path() } : { uploads: ['0'.repeat(32)], mapping_file: path() };
    expect(await told(await ask('/api/imports', { body }))).toEqual([403, 'server_path']);
  });

  test('is imported by the terminal, and the folder it lies in is told to nobody else', async () => {
    expect((await done(await ask('/api/imports', { as: 'terminal', body: { path: path() } }))).status).toBe('done');
    const first = async (as: Role | 'terminal') =>
      pageOf(importEntry).parse(await (await ask('/api/imports?limit=1', { as })).json()).items[0]?.path;
    expect(await first('terminal')).toBe(path());
    expect(await first('operator')).toBe('events.csv');
  });
});

test('a piece at a wrong offset is told the right one, in the problem and in a header', async () => {
  const { id } = upload.parse(await (await ask('/api/uploads', { body: { name: 'a.csv', size: 6 } })).json());
  const put = (offset: number, text: string) =>
    ask(`/api/uploads/${id}/bytes?offset=${offset}`, { method: 'PUT', bytes: Buffer.from(text) });
  expect(upload.parse(await (await put(0, 'abc')).json()).received).toBe(3);
  const wrong = await put(0, 'abc');
  expect([wrong.status, wrong.headers.get('upload-offset'), await wrong.json()]).toMatchObject([
    409,
    '3',
    { code: 'upload_offset', offset: 3 },
  ]);
  expect(await told(await put(3, 'defg'))).toEqual([400, 'upload_size']);
  expect(await told(await put(-1, 'd'))).toEqual([400, 'request']);
  expect(await told(await ask('/api/imports', { body: { uploads: [id] } }))).toEqual([409, 'upload_incomplete']);
  expect((await ask(`/api/uploads/${id}`, { method: 'DELETE' })).status).toBe(200);
  expect(await told(await ask(`/api/uploads/${id}`))).toEqual([404, 'upload']);
});

test.each([
  ['../../../etc/passwd', 400],
  ['..%2f..%2fconfig.yaml', 400],
  ['0'.repeat(32), 404],
])('an upload called %s by its address leads to no file', async (id, status) => {
  const response = await ask(`/api/uploads/${encodeURIComponent(id)}`);
  expect(response.status).toBe(status);
});

test.each([
  ['nothing to import', '/api/imports', {}, 'import_what'],
  ['both an upload and a path', '/api/imports', { uploads: ['x'], path: 'y' }, 'import_what'],
  ['a key that is none', '/api/imports', { upload: ['x'] }, 'request'],
  ['a faulty mapping', '/api/rejects/replay', { mapping: { entity: 'items', columns: { colour: 'b' } } }, 'mapping'],
  ['a size that is none', '/api/uploads', { name: 'a', size: -1 }, 'request'],
])('a request with %s is refused at once', async (_, path, body, code) => {
  expect(await told(await ask(path, { as: 'terminal', body }))).toEqual([400, code]);
});

test('mappings are kept under their names, checked, and noted in the audit', async () => {
  const body = { entity: 'items', columns: { item_id: '编号' } };
  const path = `/api/mappings/${encodeURIComponent('门店 商品')}`;
  const saved = savedMapping.parse(await (await ask(path, { method: 'PUT', body })).json());
  expect(saved).toMatchObject({ name: '门店 商品', mapping: body, createdBy: 'key:operator' });
  expect(await told(await ask(path, { method: 'PUT', body: { entity: 'items', columns: {} } }))).toEqual([
    400,
    'mapping',
  ]);
  const listed = pageOf(savedMapping).parse(await (await ask('/api/mappings', { as: 'viewer' })).json());
  expect(listed.items.map(({ name }) => name)).toEqual(['门店 商品']);
  expect((await ask(path, { method: 'DELETE' })).status).toBe(200);
  expect(await told(await ask(path))).toEqual([404, 'mapping']);
  const audit = await product.installation.context.registry.rows(
    `select actor, action, detail from audit where action like 'mapping.%' order by id`,
  );
  expect(audit).toEqual([
    { actor: 'key:operator', action: 'mapping.save', detail: { name: '门店 商品' } },
    { actor: 'key:operator', action: 'mapping.remove', detail: { name: '门店 商品' } },
  ]);
});

test('entities and presets are told with titles in both languages', async () => {
  const entities = contractEntity.array().parse(await (await ask('/api/entities', { as: 'viewer' })).json());
  expect(entities.find(({ name }) => name === 'reviews')).toMatchObject({
    title: { zh: '评价', en: 'Reviews' },
    personal: true,
  });
  const presets = presetEntry.array().parse(await (await ask('/api/presets', { as: 'viewer' })).json());
  expect(presets.map(({ name }) => name)).toContain('taobao-userbehavior');
});

test('who stops listening to a job is forgotten, and the job goes on', async () => {
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  jobs.register('report', async (_, { watch }) => {
    await held;
    watch({ step: 'written', done: 1, unit: 'files' });
    return 'written';
  });
  const { id } = await jobs.start({ kind: 'report', title: 'x', params: {}, by: 'ling' });
  const response = await ask(`/api/jobs/${id}/events`);
  const reader = response.body?.getReader();
  const first = Buffer.from((await reader?.read())?.value ?? []).toString();
  expect(first).toMatch(/^event: job\ndata: \{/);
  await reader?.cancel();
  end();
  expect((await watched(id)).at(-1)).toMatchObject({ status: 'done', result: 'written' });
  expect(logged).toEqual([]);
});

test('a job is cancelled and retried by an operator only', async () => {
  let starts = 0;
  jobs.register('report', () => {
    starts += 1;
    return starts === 1 ? Promise.reject(new Error('no')) : Promise.resolve('yes');
  });
  const { id } = await jobs.start({ kind: 'report', title: 'x', params: {}, by: 'ling' });
  expect((await watched(id)).at(-1)?.status).toBe('failed');
  expect(await told(await ask(`/api/jobs/${id}/retry`, { as: 'analyst', body: {} }))).toEqual([403, 'permission']);
  expect(await done(await ask(`/api/jobs/${id}/retry`, { body: {} }))).toMatchObject({ status: 'done', result: 'yes' });
  expect(await told(await ask(`/api/jobs/${id}/cancel`, { body: {} }))).toEqual([409, 'job_over']);
  expect(await told(await ask('/api/jobs/999999'))).toEqual([404, 'job']);
});
