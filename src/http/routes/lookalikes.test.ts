import { beforeAll, expect, test } from 'vitest';
import { freshHome, type Product } from '../../../test/product.ts';
import { openAccounts } from '../../accounts/accounts.ts';
import { addKey } from '../../accounts/keys.ts';
import { problem } from '../../api/common.ts';
import { upload } from '../../api/data.ts';
import { idList } from '../../api/lists.ts';
import type { Role } from '../../api/permissions.ts';
import { openUploads } from '../../app/uploads.ts';
import { type App, appOf } from '../app.ts';
import type { Services } from '../services.ts';

const home = freshHome();
const now = () => new Date(Date.parse('2026-07-15T00:00:00Z') + performance.now());
const tokens: Partial<Record<Role, string>> = {};
let app: App;

/** These routes need no more than a product, its accounts and its uploads. */
beforeAll(async () => {
  const product: Product = await home.product();
  const { registry } = product.installation.context;
  const accounts = await openAccounts(registry, { now, key: product.installation.home.key, localToken: 'local' });
  for (const role of ['viewer', 'analyst', 'operator'] as const)
    tokens[role] = (await addKey(registry, { name: role, role }, 'test', now())).key;
  const services: Partial<Services> = { product, accounts, uploads: openUploads(product, { now }), now, log: () => {} };
  app = appOf(services as Services);
});

async function ask(role: Role, path: string, method = 'GET', body?: unknown, bytes?: Uint8Array): Promise<Response> {
  const given = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return app.request(path, {
    method,
    headers: {
      authorization: `Bearer ${tokens[role]}`,
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

test.each<[string, Role, string, unknown, number, string]>([
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
