import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/accounts/actor.ts';
import { auditPage } from '../../src/accounts/audit.ts';
import { pageOf } from '../../src/api/common.ts';
import { type Job, job } from '../../src/api/jobs.ts';
import { permissionsOf, type Role } from '../../src/api/permissions.ts';
import { destinationKind, destinationMade, push, pushLogRow, pushPreview, pushRun } from '../../src/api/pushes.ts';
import { isOver } from '../../src/app/jobs/job.ts';
import { type Jobs, openJobs } from '../../src/app/jobs/jobs.ts';
import { openPushJobs, type PushJobs } from '../../src/app/pushing/pushJobs.ts';
import { openUploads } from '../../src/app/uploads.ts';
import { appOf } from '../../src/http/app.ts';
import type { Services } from '../../src/http/services.ts';
import { xlsxSource } from '../../src/sources/read/xlsx.ts';
import { freshHome, type Product } from '../product.ts';
import { type Receiver, receiver } from './platforms.ts';
import { bring, carted, md5, phone, range } from './world.ts';

let hook: Receiver;
const home = freshHome(() => ({ outbound_allow: [hook.host] }));
/** 08:00 on a Wednesday in Shanghai. */
let clock = Date.parse('2026-07-15T00:00:00Z');
const now = () => new Date(clock);
const faults: string[] = [];
let product: Product;
let jobs: Jobs;
let pushes: PushJobs;

beforeAll(async () => {
  hook = await receiver();
  await bring(home, { people: range(0, 150) });
  product = await home.product();
  await product.createAudience({ name: 'carted', rule: carted });
  jobs = await openJobs(product, { now, uploads: openUploads(product, { now }), log: (line) => faults.push(line) });
  pushes = await openPushJobs(product, { now, jobs, log: (line) => faults.push(line) });
}, 60_000);
afterAll(async () => {
  await pushes.close();
  await jobs.close();
  await hook.stop();
  expect(faults).toEqual([]);
});

async function ask(path: string, { role = 'operator' as Role, method = 'GET', body = undefined as unknown } = {}) {
  const actor: Actor = {
    ...{ name: role, role, via: 'key', mustChangePassword: false },
    permissions: new Set(permissionsOf(role)),
  };
  const known: Partial<Services> = {
    ...{ product, jobs, pushes, now, log: () => {} },
    accounts: { identify: async () => actor } as unknown as Services['accounts'],
  };
  return appOf(known as Services).request(`/api${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const post = (path: string, body: unknown = {}) => ask(path, { method: 'POST', body });

/** The end of the newest job. */
async function ended(): Promise<Job> {
  const [{ id } = { id: 0 }] = (await jobs.list({ limit: 1 })).items;
  return new Promise((resolve, reject) => {
    const look = (each: Job) => isOver(each.status) && resolve(each);
    jobs.subscribe(id, look);
    jobs.get(id).then(look, reject);
  });
}

test('every kind of destination tells its settings, and which of them are secret', async () => {
  const kinds = destinationKind.array().parse(await (await ask('/destinations/kinds', { role: 'viewer' })).json());
  expect(kinds.map(({ id }) => id).toSorted()).toEqual(['file', 'oceanengine', 's3', 'tencent', 'webhook']);
  const secrets = kinds.flatMap(({ id, fields }) =>
    fields.filter(({ secret }) => secret).map(({ name }) => `${id}.${name}`),
  );
  expect(secrets.toSorted()).toEqual([
    'oceanengine.access_token',
    's3.secret_key',
    'tencent.access_token',
    'webhook.secret',
  ]);
});

test('a secret that is made is told once, and a secret that is given never', async () => {
  const made = destinationMade.parse(
    await (
      await post('/destinations', { name: 'crm', kind: 'webhook', settings: { url: `${hook.url}/in?key=hidden` } })
    ).json(),
  );
  expect(made.made.secret).toMatch(/^whs_/);
  const given = { account_id: '1', access_token: 'a token of tencent' };
  expect((await post('/destinations', { name: 'ads', kind: 'tencent', settings: given })).status).toBe(201);
  const shown = await (await ask('/destinations')).text();
  for (const secret of [made.made.secret ?? '', given.access_token, 'hidden']) expect(shown).not.toContain(secret);
  expect(shown).toContain('access_token');
});

test.each([
  ['an address within', { kind: 'webhook', settings: { url: 'https://192.168.1.1/' } }, 'outbound_refused'],
  ['settings that are missing', { kind: 's3', settings: { bucket: 'b' } }, 'destination_settings'],
  ['settings that there are not', { kind: 'file', settings: { folder: '/etc' } }, 'destination_settings'],
  ['a kind that there is not', { kind: 'ftp' }, 'destination_kind'],
])('a destination of %s is refused', async (_, body, code) => {
  const response = await post('/destinations', { name: 'wrong', ...body });
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code })]);
});

test.each([
  [
    { kind: 'webhook', settings: { url: 'nowhere' } },
    'Webhook 回调 渠道的设置缺失或有误：地址：须是完整的地址，例如 https://域名/路径。',
  ],
  [
    { kind: 'webhook', settings: { url: 'https://a.example/', secret: 'short' } },
    '签名密钥（留空则生成）：至少 16 个字符',
  ],
])('what is wrong with %j is said by the titles of its fields', async (body, zh) => {
  const response = await post('/destinations', { name: 'wrong', ...body });
  expect(((await response.json()) as { text: { zh: string } }).text.zh).toContain(zh);
});

test('a push is made, looked at, run as a job, and told record by record', async () => {
  const asked = { name: 'june', audience: 'carted', destination: 'crm', identifiers: ['phone:md5'] };
  const made = push.parse(await (await post('/pushes', asked)).json());
  expect((await post('/pushes', asked)).status).toBe(409);
  const path = `/pushes/${made.id}`;
  const preview = pushPreview.parse(await (await post(`${path}/preview`)).json());
  expect([hook.seen.length, preview.enough]).toEqual([0, true]);
  const started = await post(`${path}/run`);
  expect([started.status, job.parse(await started.json()).kind]).toEqual([202, 'push']);
  expect(await ended()).toMatchObject({ status: 'done', result: { state: 'done', counts: preview.counts } });
  expect(hook.values.size).toBe(preview.counts.treated);
  const runs = pageOf(pushRun).parse(await (await ask(`${path}/runs`)).json());
  expect(runs.items).toMatchObject([{ delivered: preview.counts.treated, started_by: 'operator' }]);
  const log = pageOf(pushLogRow).parse(
    await (await ask(`${path}/log?limit=10&state=control`, { role: 'analyst' })).json(),
  );
  expect(log.items.every(({ state, consumer }) => state === 'control' && consumer > 0)).toBe(true);
  const csv = await (await ask(`${path}/log.csv`)).text();
  expect(csv.trim().split('\n')).toHaveLength(1 + preview.counts.treated + preview.counts.control);
  for (const i of range(0, 150)) expect(csv).not.toContain(md5(phone(i)));
});

test('the file of a push is CSV or XLSX with the same rows', async () => {
  const { id } = await product.pushing.show('june');
  const lines = (await (await ask(`/pushes/${id}/file?what=all`)).text()).trim().split('\n');
  expect(lines[0]).toBe('operation,phone_md5');
  const book = Buffer.from(await (await ask(`/pushes/${id}/file?what=all&format=xlsx`)).arrayBuffer());
  const at = join(home.files, 'push.xlsx');
  writeFileSync(at, book);
  const { columns, sample } = await xlsxSource(at, book.length, 1 << 20);
  expect([columns, sample[0]]).toEqual([lines[0]?.split(','), lines[1]?.split(',')]);
  expect(lines.length - 1).toBe(hook.values.size);
});

test('a push that would reach too few is a refusal of privacy', async () => {
  const asked = { name: 'small', audience: 'carted', destination: 'crm', identifiers: ['phone:md5'], minimum: 151 };
  const { id } = push.parse(await (await post('/pushes', asked)).json());
  const refused = await post(`/pushes/${id}/run`);
  expect([refused.status, await refused.json()]).toEqual([422, expect.objectContaining({ code: 'push_small' })]);
});

test('a push on a schedule runs when its time has come, once, and not while it is off', async () => {
  const asked = {
    audience: 'carted',
    destination: 'crm',
    identifiers: ['phone:md5'],
    trigger: 'schedule',
    cron: '0 9 * * *',
  };
  const made = push.parse(await (await post('/pushes', { ...asked, name: 'daily' })).json());
  expect(made.next_at).toBe('2026-07-15T01:00:00.000Z');
  const before = (await jobs.list({ limit: 100 })).items.length;
  const started = async () => (await jobs.list({ limit: 100 })).items.length - before;
  await pushes.due();
  expect(await started()).toBe(0);
  clock += 3 * 86_400_000;
  await pushes.due();
  await pushes.due();
  expect(await started()).toBe(1);
  expect(await ended()).toMatchObject({ status: 'done', createdBy: 'schedule' });
  await ask(`/pushes/${made.id}`, { method: 'PATCH', body: { enabled: false } });
  clock += 86_400_000;
  await pushes.due();
  expect(await started()).toBe(1);
});

test('a push after its audience runs when the members were found anew', async () => {
  const asked = { audience: 'carted', destination: 'crm', identifiers: ['phone:md5'], trigger: 'refresh', holdout: 0 };
  push.parse(await (await post('/pushes', { ...asked, name: 'following' })).json());
  await pushes.due();
  expect(await ended()).toMatchObject({ title: 'following', status: 'done' });
  const count = (await jobs.list({ limit: 100 })).items.length;
  await pushes.due();
  expect((await jobs.list({ limit: 100 })).items).toHaveLength(count);
});

test('what was changed stands in the audit without a secret or an identifier; a destination in use stays', async () => {
  const { items } = await auditPage(product.installation.context.registry, { limit: 100 });
  const actions = new Set(items.map(({ action }) => action));
  for (const each of [
    'destination.add',
    'push.create',
    'push.start',
    'push.run',
    'push.file',
    'push.log',
    'push.change',
  ])
    expect(actions).toContain(each);
  expect(JSON.stringify(items)).not.toMatch(/whs_|a token of|[0-9a-f]{32}/);
  const [used] = await product.pushing.destinations().then((all) => all.filter(({ name }) => name === 'crm'));
  expect((await ask(`/destinations/${used?.id}`, { method: 'DELETE' })).status).toBe(409);
  for (const { id } of await product.pushing.list())
    expect((await ask(`/pushes/${id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await ask(`/destinations/${used?.id}`, { method: 'DELETE' })).status).toBe(200);
});
