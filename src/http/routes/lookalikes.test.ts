import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshHome, type Product } from '../../../test/product.ts';
import { openAccounts } from '../../accounts/accounts.ts';
import { addKey } from '../../accounts/keys.ts';
import { problem } from '../../api/common.ts';
import { upload } from '../../api/data.ts';
import { type Job, job } from '../../api/jobs.ts';
import { idList } from '../../api/lists.ts';
import type { Role } from '../../api/permissions.ts';
import { openJobs } from '../../app/jobs/jobs.ts';
import { openUploads } from '../../app/uploads.ts';
import { type App, appOf } from '../app.ts';
import type { Services } from '../services.ts';

const home = freshHome();
const now = () => new Date(Date.parse('2026-07-15T00:00:00Z') + performance.now());
const callers = {
  viewer: 'viewer',
  analyst: 'analyst',
  other: 'analyst',
  operator: 'operator',
} as const satisfies Record<string, Role>;
type Caller = keyof typeof callers;
const tokens: Partial<Record<Caller, string>> = {};
let app: App;
/** Milliseconds that a job may take on a busy machine. */
const MOST_WAIT = 30_000;
const closers: Array<() => Promise<void>> = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** These routes need no more than a product, its accounts and its uploads. */
beforeAll(async () => {
  const product: Product = await home.product();
  const { registry } = product.installation.context;
  const accounts = await openAccounts(registry, { now, key: product.installation.home.key, localToken: 'local' });
  for (const name of Object.keys(callers) as Caller[])
    tokens[name] = (await addKey(registry, { name, role: callers[name] }, 'test', now())).key;
  const uploads = openUploads(product, { now });
  const jobs = await openJobs(product, { now, uploads });
  closers.push(() => jobs.close());
  const services: Partial<Services> = { product, accounts, uploads, jobs, now, log: () => {} };
  app = appOf(services as Services);
});

async function ask(
  caller: Caller,
  path: string,
  method = 'GET',
  body?: unknown,
  bytes?: Uint8Array,
): Promise<Response> {
  const given = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return app.request(path, {
    method,
    headers: {
      authorization: `Bearer ${tokens[caller]}`,
      'content-type': bytes ? 'application/octet-stream' : 'application/json',
    },
    ...(given === undefined ? {} : { body: given }),
  });
}

test('a file becomes a list through its upload, which goes', async () => {
  const bytes = Buffer.from('phone\n13800138000\n13900139000\n');
  const announced = await ask('operator', '/api/uploads', 'POST', { name: 'vip.csv', size: bytes.length });
  const { id } = upload.parse(await announced.json());
  await ask('operator', `/api/uploads/${id}/bytes?offset=0`, 'PUT', undefined, bytes);
  const made = await ask('operator', '/api/lists', 'POST', { name: 'vip', id: 'phone', upload: id });
  expect(made.status).toBe(201);
  expect(idList.parse(await made.json())).toMatchObject({ name: 'vip', given: 2, usable: 2, matched: 0, consumers: 0 });
  expect((await ask('operator', `/api/uploads/${id}`)).status).toBe(404);
  const [listed] = idList.array().parse(await (await ask('viewer', '/api/lists')).json());
  expect(listed).toMatchObject({ name: 'vip', created_by: 'key:operator' });
  expect((await ask('operator', `/api/lists/${listed?.id}`, 'DELETE')).status).toBe(200);
  expect(await (await ask('viewer', '/api/lists')).json()).toEqual([]);
});

test.each<[string, Caller, string, unknown, number, string]>([
  ['a list of no file', 'operator', '/api/lists', { name: 'x', id: 'phone' }, 422, 'list_file'],
  [
    'a file of the server’s disk',
    'operator',
    '/api/lists',
    { name: 'x', id: 'phone', path: '/etc/x' },
    403,
    'server_path',
  ],
  ['a list by an analyst', 'analyst', '/api/lists', { name: 'x', id: 'phone' }, 403, 'permission'],
  ['a lookalike by a viewer', 'viewer', '/api/lookalikes', { seed: 'x' }, 403, 'permission'],
  ['a lookalike of nobody', 'analyst', '/api/lookalikes', { seed: 'nobody' }, 404, 'audience'],
])('%s is refused', async (_, role, path, body, status, code) => {
  const response = await ask(role, path, 'POST', body);
  expect([response.status, problem.parse(await response.json()).code]).toEqual([status, code]);
});

test('a model that is not there is not found', async () => {
  expect((await ask('viewer', '/api/lookalikes/7')).status).toBe(404);
  expect(await (await ask('viewer', '/api/lookalikes')).json()).toEqual([]);
});

test(
  'a training is a job that its analyst may cancel, and no other analyst',
  async () => {
    await ask('analyst', '/api/audiences', 'POST', { name: 'everybody', rule: { sample: { percent: 100 } } });
    const asked = await ask('analyst', '/api/lookalikes', 'POST', { seed: 'everybody' });
    const { id, ...rest } = job.parse(await asked.json());
    expect([asked.status, rest.kind, rest.title, rest.createdBy]).toEqual([
      202,
      'lookalike',
      'everybody',
      'key:analyst',
    ]);
    expect((await ask('other', `/api/jobs/${id}/cancel`, 'POST')).status).toBe(403);
    await expect.poll(async () => (await jobOf(id)).status, { timeout: MOST_WAIT }).toBe('failed');
    expect((await jobOf(id)).error?.code).toBe('lookalike_seed');
    const late = await ask('analyst', `/api/jobs/${id}/cancel`, 'POST');
    expect([late.status, problem.parse(await late.json()).code]).toEqual([409, 'job_over']);
  },
  MOST_WAIT,
);

const jobOf = async (id: number): Promise<Job> => job.parse(await (await ask('viewer', `/api/jobs/${id}`)).json());
