import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { ServerProcess } from './process.ts';

const root = mkdtempSync(join(tmpdir(), 'qiancheng-stop-'));
const home = join(root, 'home');
const exports = join(root, 'exports');
const servers: ServerProcess[] = [];
afterAll(async () => {
  for (const each of servers) each.signal('SIGKILL');
  await Promise.all(servers.map(({ exited }) => exited));
  rmSync(root, { recursive: true, force: true });
});

async function start(port?: number): Promise<ServerProcess> {
  const server = await ServerProcess.start(home, port);
  servers.push(server);
  return server;
}

const FILES = 6;
const ROWS = 50;

/** A folder of exports; every file has its own consumers. */
function writeExports(): void {
  mkdirSync(exports, { recursive: true });
  for (let file = 0; file < FILES; file++) {
    const rows = Array.from({ length: ROWS }, (_, row) => `2026-06-01 10:00:00,item_view,f${file}-${row},a`);
    writeFileSync(join(exports, `events-${file}.csv`), `event_time,behavior,id_user,item_id\n${rows.join('\n')}\n`);
  }
}

/** A client of the collector as they all are: what was not acknowledged is sent again, until it is. */
class Client {
  readonly acknowledged: string[] = [];
  /** Statuses that were no acknowledgement, with whether they said when to come again. */
  readonly refusals = new Set<string>();
  readonly #ended: Promise<void>;
  #going = true;

  constructor(url: string, key: string) {
    this.#ended = this.#run(url, { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
  }

  async #run(url: string, headers: Record<string, string>): Promise<void> {
    for (let number = 0; this.#going; ) {
      const messageId = `m${number}`;
      const body = JSON.stringify({
        event: 'Product Viewed',
        userId: 'u1',
        messageId,
        properties: { product_id: 'a' },
      });
      const sent = { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } };
      const response = await fetch(`${url}/v1/track`, sent).catch(() => undefined);
      await response?.arrayBuffer().catch(() => undefined);
      if (response?.status === 200) {
        this.acknowledged.push(messageId);
        number += 1;
      } else {
        if (response) this.refusals.add(`${response.status} ${response.headers.has('retry-after')}`);
        await pause(20);
      }
    }
  }

  /** Resolves when so many more are acknowledged. */
  async more(events: number): Promise<void> {
    const wanted = this.acknowledged.length + events;
    while (this.acknowledged.length < wanted) await pause(10);
  }

  async end(): Promise<void> {
    this.#going = false;
    await this.#ended;
  }
}

async function json<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

/** Statuses with which a server that stops answers what comes now. */
async function refused(server: ServerProcess, headers: Record<string, string>) {
  const look = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${server.url}${path}`, { headers, ...init });
    return [path, response.status, response.headers.has('retry-after')];
  };
  const event = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
  return Promise.all([
    look('/api/data'),
    look('/v1/track', event),
    look('/health/ready'),
    look('/health/live'),
    look('/metrics'),
  ]);
}

test('a server told to stop ends what runs, keeps what it acknowledged, and its job goes on at the next start', async () => {
  writeExports();
  const first = await start();
  const { key } = await json<{ key: string }>(first.post('/api/sources', { name: 'web' }));
  const client = new Client(first.url, key);
  await client.more(5);
  const { id } = await json<{ id: number }>(first.post('/api/imports', { path: exports }));
  const events = await fetch(`${first.url}/api/jobs/${id}/events`, { headers: first.headers });
  const { headers } = first;
  const half = await first.half('/api/analyses/aipl-stock', { on: '2026-06-02' });
  await first.tells(({ event }) => event === 'job.began');
  const questions = Array.from({ length: 20 }, (_, day) =>
    first.post('/api/analyses/aipl-stock', { on: `2026-05-${String(day + 1).padStart(2, '0')}` }),
  );
  await first.tells(({ event, route }) => event === 'request' && route === '/api/analyses/{id}');

  first.signal('SIGTERM');
  await first.tells(({ event }) => event === 'server.stopping');
  expect(await refused(first, headers)).toEqual([
    ['/api/data', 503, true],
    ['/v1/track', 503, true],
    ['/health/ready', 503, true],
    ['/health/live', 200, false],
    ['/metrics', 200, false],
  ]);
  expect(await events.text()).toMatch(/^event: job\n/m);
  const statuses = await Promise.all(questions.map(async (each) => (await each).status));
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(await half.finish()).toBe(200);
  expect(await first.exited).toBe(0);
  expect(first.told().at(-1)).toMatchObject({ event: 'server.stopped', cut: 0 });
  expect(first.told().some(({ event }) => event === 'job.ended')).toBe(false);

  const second = await start(first.port);
  await client.more(5);
  await client.end();
  expect([...client.refusals]).toEqual(['503 true']);
  await second.tells(({ event }) => event === 'job.ended');
  const job = await json<{ status: string }>(fetch(`${second.url}/api/jobs/${id}`, { headers: second.headers }));
  expect(job.status).toBe('done');
  const sources = () =>
    json<{ name: string; accepted: number; duplicate: number }[]>(
      fetch(`${second.url}/api/sources`, { headers: second.headers }),
    );
  for (let [web] = await sources(); (web?.accepted ?? 0) < client.acknowledged.length; [web] = await sources())
    await pause(50);
  const asked = second.post('/api/analyses/aipl-stock', { on: '2026-06-02' });
  const { rows } = await json<{ rows: { stage: string; consumers: number }[] }>(asked);
  expect(rows.reduce((sum, { consumers }) => sum + consumers, 0)).toBe(FILES * ROWS);
  const [web] = await sources();
  expect(web?.accepted).toBe(client.acknowledged.length);

  second.killEngine();
  for (const on of ['2026-06-03', '2026-06-04']) await second.post('/api/analyses/aipl-stock', { on });
  await second.tells(({ event }) => event === 'engine.restart');
  const figures = await (await fetch(`${second.url}/metrics`, { headers: second.headers })).text();
  expect(figures).toMatch(/^qiancheng_engine_restarts_total 1$/m);

  await second.half('/api/analyses/aipl-stock', { on: '2026-06-02' });
  second.signal('SIGTERM');
  await second.tells(({ event }) => event === 'server.stopping');
  second.signal('SIGTERM');
  expect(await second.exited).toBe(143);
  expect(second.told().some(({ event }) => event === 'server.stopped')).toBe(false);
}, 120_000);
