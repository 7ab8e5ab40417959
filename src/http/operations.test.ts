import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { SeenRequest } from '../app/metrics.ts';
import { appOf } from './app.ts';
import { openOperations } from './operations.ts';
import type { Services } from './services.ts';
import { stopped, Traffic } from './traffic.ts';

const up = { warehouse: true, registry: true };

/** The app with nothing behind it but its operations; nobody is known who sends no key. */
function appWith(answers: { warehouse: boolean; registry: boolean }, permissions?: readonly string[]) {
  const ending = new AbortController();
  const seen: SeenRequest[] = [];
  const actor = permissions && { name: 'prometheus', role: 'viewer', via: 'key', permissions: new Set(permissions) };
  const services: Partial<Services> = {
    accounts: { identify: async () => actor } as unknown as Services['accounts'],
    operations: openOperations({ text: async () => 'figures\n' }, async () => answers, ending.signal),
  };
  const options = { seen: (each: SeenRequest) => void seen.push(each), stopping: ending.signal };
  return { app: appOf({ ...services, log: () => {} } as Services, options), ending, seen };
}

test.each([
  [up, false, 200, { status: 'ok' }],
  [{ warehouse: false, registry: true }, false, 503, { status: 'unavailable', missing: ['warehouse'] }],
  [{ warehouse: true, registry: false }, false, 503, { status: 'unavailable', missing: ['registry'] }],
  [up, true, 503, { status: 'unavailable', missing: ['stopping'] }],
  [
    { warehouse: false, registry: false },
    true,
    503,
    { status: 'unavailable', missing: ['stopping', 'warehouse', 'registry'] },
  ],
])('with %j, stopping: %s, a server is ready as %i', async (answers, isStopping, status, body) => {
  const { app, ending } = appWith(answers);
  if (isStopping) ending.abort();
  const response = await app.request('/health/ready');
  expect([response.status, await response.json(), response.headers.has('retry-after')]).toEqual([
    status,
    body,
    status === 503,
  ]);
  expect((await app.request('/health/live')).status).toBe(200);
});

test.each([
  [undefined, 401],
  [['ask', 'people', 'operate', 'administer'], 403],
  [['watch'], 200],
])('whoever may %j reads the metrics with %i', async (permissions, status) => {
  expect((await appWith(up, permissions).app.request('/metrics')).status).toBe(status);
});

test('a request is told by its template and a number of ours, never by its address or what the caller calls it', async () => {
  const { app, seen } = appWith(up);
  const headers = { 'x-request-id': '13800000001' };
  const asked = ['/api/jobs/13800000001?q=13800000001', '/nowhere/13800000001', '/health/live'];
  const ids: (string | null)[] = [];
  for (const path of asked) ids.push((await app.request(path, { headers })).headers.get('x-request-id'));
  expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['GET', '/api/jobs/{id}', 401],
    ['GET', 'other', 404],
    ['GET', '/health/live', 200],
  ]);
  expect(ids.every((id) => /^[0-9a-f]{16}$/.test(id ?? ''))).toBe(true);
  expect(JSON.stringify(seen)).not.toContain('138');
});

test('a server that stops refuses what is new and says when to come again', async () => {
  const { app, ending } = appWith(up, ['ask']);
  ending.abort();
  const response = await app.request('/api/analyses');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ code: 'closing', status: 503 });
});

test('requests under way are waited for, no longer than was given', async () => {
  const traffic = new Traffic();
  const answers: Array<() => void> = [];
  let came = () => {};
  const server = createServer((_, response) => {
    traffic.enter(response);
    answers.push(() => response.end());
    came();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async () => {
    const arrived = new Promise<void>((resolve) => {
      came = resolve;
    });
    const sent = request({ port, host: '127.0.0.1', agent: false }, (response) => response.resume()).end();
    sent.on('error', () => {});
    await arrived;
  };
  expect(await traffic.ended(60_000)).toBe(0);
  await ask();
  await ask();
  expect(await traffic.ended(1)).toBe(2);
  const ended = traffic.ended(60_000);
  for (const answer of answers) answer();
  expect(await ended).toBe(0);
  await stopped(server);
});
