import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../src/api/jobs.ts';
import { openInstallation } from '../../src/app/installation.ts';
import { openRegistry } from '../../src/registry/open.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { sql } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { startClickHouse } from '../servers/clickhouse.ts';
import { postgresMissing, startPostgres } from '../servers/postgres.ts';
import type { TestServer } from '../servers/ready.ts';
import { Member } from './member.ts';

const missing = postgresMissing();
const test_ = test.skipIf(missing);
const root = mkdtempSync(join(tmpdir(), 'qiancheng-servers-'));
const key = randomBytes(32).toString('hex');
const engines: TestServer[] = [];
let env: Record<string, string> = {};
let members: Member[] = [];
let registry: Registry;
let warehouse: Warehouse;

beforeAll(async () => {
  if (missing) return;
  const [postgres, clickhouse] = await Promise.all([startPostgres(), startClickHouse()]);
  engines.push(postgres, clickhouse);
  env = { QIANCHENG_POSTGRES_URL: postgres.url, QIANCHENG_CLICKHOUSE_URL: clickhouse.url, QIANCHENG_KEY: key };
  mkdirSync(join(root, 'files'));
  members = ['a', 'b', 'c'].map((name) => new Member(join(root, name), env));
  await Promise.all(members.map((member) => member.start()));
  registry = await openRegistry({ kind: 'server', url: postgres.url });
  warehouse = await openWarehouse({ kind: 'server', url: clickhouse.url });
});

afterAll(async () => {
  await Promise.all(members.map((member) => member.kill()));
  await registry?.close();
  await warehouse?.close();
  for (const engine of engines) await engine.stop();
  rmSync(root, { recursive: true, force: true });
});

function member(number: number): Member {
  const found = members[number];
  if (!found) throw new Error('no such server');
  return found;
}

/** A file of events, each of another consumer. */
function eventsFile(name: string, rows: number): string {
  const path = join(root, 'files', name);
  const lines = Array.from({ length: rows }, (_, i) => `u-${name}-${i},item_view,2026-06-01 10:00:00,e-${name}-${i}`);
  writeFileSync(path, ['id_user,behavior,event_time,event_id', ...lines, ''].join('\n'));
  return path;
}

async function count(table: string): Promise<number> {
  const [row] = await warehouse.rows<{ rows: number }>(
    table === 'events'
      ? sql`SELECT count() AS rows FROM events`
      : sql`SELECT uniqExact(consumer) AS rows FROM people FINAL`,
  );
  return row?.rows ?? -1;
}

/** Asks the registry until a job is as wanted. */
async function until(
  id: number,
  wanted: (job: { status: string; runner: number | null; progress: Job['progress'] }) => boolean,
) {
  for (;;) {
    const [job] = await registry.rows<{
      status: string;
      runner: number | null;
      progress: Job['progress'];
      error: string;
    }>('select status, runner, progress, error from job where id = $1', [id]);
    if (job && wanted(job)) return job;
    if (!job || job.status === 'failed') throw new Error(`job ${id}: ${job?.error}`);
    await pause(5);
  }
}

/** Resolves when a first part of a file is in. */
async function staged(name: string): Promise<void> {
  for (let batches = 0; batches === 0; await pause(5)) {
    const [file] = await registry.rows<{ batches: number }>('select batches from import_file where name = $1', [name]);
    batches = file?.batches ?? 0;
  }
}

const isDone = ({ status }: { status: string }) => status === 'done';

test_('twenty jobs given to three servers run each once, and any server tells of all of them', async () => {
  const asked: Job[] = [];
  for (let i = 0; i < 20; i += 1)
    asked.push(await member(i % 3).call<Job>('POST', '/api/imports', { path: eventsFile(`small-${i}.csv`, 3) }));
  const told = await member(1).watched(asked[18]?.id ?? 0);
  expect(told.at(-1)).toMatchObject({ status: 'done', result: { files: [{ accepted: 3 }] } });
  for (const { id } of asked) await until(id, isDone);
  expect(await registry.rows('select status, count(*) as n from import group by status')).toEqual([
    { status: 'done', n: 20 },
  ]);
  expect(await count('events')).toBe(60);
  expect(await registry.rows('select count(distinct runner) as servers from job')).toEqual([{ servers: 3 }]);

  const undone: Job[] = [];
  for (let i = 0; i < 5; i += 1) undone.push(await member(0).call<Job>('DELETE', `/api/imports/${i + 1}`));
  for (const { id } of undone) await until(id, isDone);
  expect(await count('events')).toBe(45);
});

test_('answers kept by one server give way to what came through another', async () => {
  const lastOf = async (number: number) => (await member(number).do<{ consumers: number }>('data')).consumers;
  expect([await lastOf(0), await lastOf(1)]).toEqual([45, 45]);
  const { id } = await member(0).call<Job>('POST', '/api/imports', { path: eventsFile('more.csv', 5) });
  await until(id, isDone);
  expect([await lastOf(0), await lastOf(1)]).toEqual([50, 50]);
});

test_('a question through one server sees all of a change through another or nothing of it', async () => {
  await warehouse.run(sql`CREATE TABLE two_halves (n UInt8) ENGINE = MergeTree ORDER BY n`);
  const seeing = [1, 2].map((number) => member(number).do<number[]>('watch'));
  for (let i = 0; i < 10; i += 1) await member(0).do('change', 2);
  await Promise.all([1, 2].map((number) => member(number).do('unwatch')));
  for (const seen of await Promise.all(seeing)) {
    expect(seen.filter((rows) => rows % 2 !== 0)).toEqual([]);
    expect(new Set(seen).size).toBeGreaterThan(3);
  }
});

test_('live events into two servers at once are stored each once, and their counts add up', async () => {
  const { key: writeKey } = await member(0).call<{ key: string }>('POST', '/api/sources', { name: 'web' });
  await member(1).call('POST', '/api/sources', { name: 'unused' });
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const send = async (number: number, batch: number) => {
    const events = Array.from({ length: 10 }, (_, i) => ({
      type: 'track',
      event: 'Product Viewed',
      userId: `live-${number}-${i}`,
      messageId: `m-${number}-${batch}-${i}`,
    }));
    const answer = await fetch(`${member(number).url}/v1/batch`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ batch: events }),
    });
    return answer.status;
  };
  const before = await count('events');
  const statuses = await Promise.all(
    [0, 1].flatMap((number) => Array.from({ length: 15 }, (_, batch) => send(number, batch))),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  await Promise.all([0, 1].map((number) => member(number).do('settled')));
  expect((await count('events')) - before).toBe(300);
  expect(await registry.rows(`select sum(accepted)::int as accepted from live_minute where source = 'web'`)).toEqual([
    { accepted: 300 },
  ]);
  expect(await registry.rows(`select count(*) as n from import where source = 'web'`)).toEqual([{ n: 1 }]);
});

test_('a schedule that comes due on three servers at once makes one report, and each of them has it', async () => {
  const { schedule } = await member(0).call<{ schedule: { id: number } }>('POST', '/api/reports/schedules', {
    name: 'daily',
    cron: '0 8 * * *',
    days: 7,
    webhook: null,
    enabled: true,
  });
  await Promise.all(members.map((each) => each.do('due', 86_400_000)));
  const jobs = await registry.rows<{ id: number }>(`select id from job where kind = 'report'`);
  expect(jobs).toHaveLength(1);
  await until(jobs[0]?.id ?? 0, isDone);
  const { items } = await member(0).call<{ items: { id: number }[] }>(
    'GET',
    `/api/reports/schedules/${schedule.id}/runs`,
  );
  expect(items).toHaveLength(1);
  const reports = await Promise.all(
    members.map((each) => each.call<{ from: string }>('GET', `/api/reports/runs/${items[0]?.id}.json`)),
  );
  expect(reports[0]?.from).toMatch(/^\d{4}-/);
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[2]).toEqual(reports[0]);
});

test_('a server killed while it imports goes on with it when it is back, and every row counts once', async () => {
  const before = await count('events');
  const rows = 150_000;
  const { id } = await member(0).call<Job>('POST', '/api/imports', { path: eventsFile('large.csv', rows) });
  await staged('large.csv');
  await member(0).kill();
  await member(0).start();
  await until(id, isDone);
  expect((await count('events')) - before).toBe(rows);
});

test_('what a killed server had begun, and any server can do, is taken up by another', async () => {
  const [last] = await registry.rows<{ id: number }>(`select max(id) as id from import where path like '%large.csv'`);
  const before = await count('events');
  const { id } = await member(0).call<Job>('DELETE', `/api/imports/${last?.id}`);
  const { runner } = await until(id, ({ status }) => status === 'running');
  const sessions = await Promise.all(members.map((each) => each.do<number>('session')));
  const number = sessions.indexOf(runner ?? -1);
  await member(number).kill();
  const after = await until(id, isDone);
  expect(after.runner).not.toBe(runner);
  expect(await count('events')).toBe(before - 150_000);
  await member(number).start();
});

test_('a server killed in the middle of a change keeps no other from going on', async () => {
  await member(2).halfWay();
  const waiting = member(1).do<{ consumers: number }>('data');
  await member(2).kill();
  expect((await waiting).consumers).toBeGreaterThan(50);
  await member(1).do('change', 2);
  expect(await registry.rows(`select sessions from holding where name = 'gate'`)).toEqual([{ sessions: [] }]);
});

test_('a job whose file lies on a server that is away waits for it, and fails when it stays away', async () => {
  const [away] = await registry.rows<{ id: string; session: number }>(
    `insert into server (id, name, session, settings) values ('gone', 'old-host', 0, '{}') returning id`,
  );
  const [job] = await registry.rows<{ id: number }>(
    `insert into job (kind, title, params, status, host) values ('import', 'x', '{"path": "x"}', 'queued', $1) returning id`,
    [away?.id],
  );
  const { id } = await member(0).call<Job>('POST', '/api/imports', { path: eventsFile('beside.csv', 1) });
  await until(id, isDone);
  expect(await registry.rows('select status from job where id = $1', [job?.id])).toEqual([{ status: 'queued' }]);
  await registry.rows(`update server set seen_at = now() - interval '2 hours' where id = 'gone'`);
  const told = await member(1).watched(job?.id ?? 0);
  expect(told.at(-1)).toMatchObject({
    status: 'failed',
    error: { code: 'host_gone', detail: expect.stringContaining('old-host') },
  });
});

test_.each([
  ['another key', { QIANCHENG_KEY: randomBytes(32).toString('hex') }, '', 'home_changed'],
  ['other brands', {}, 'brands: [Ximu]', 'servers_differ'],
  ['facts of its own', { QIANCHENG_CLICKHOUSE_URL: '' }, '', 'servers_differ'],
])('a server with %s is refused beside the others', async (name, change, config, code) => {
  const home = join(root, name.replaceAll(' ', '-'));
  mkdirSync(home);
  writeFileSync(join(home, 'config.yaml'), config);
  await expect(openInstallation(home, { ...env, ...change }, () => new Date())).rejects.toMatchObject({ code });
});

test_(
  'a copy of a home is refused while the home is served',
  async () => {
    const home = join(root, 'copy');
    mkdirSync(home);
    const [known] = await registry.rows<{ id: string }>('select id from server where session = $1', [
      await member(0).do<number>('session'),
    ]);
    writeFileSync(join(home, 'server'), known?.id ?? '');
    await expect(openInstallation(home, env, () => new Date())).rejects.toMatchObject({ code: 'server_twice' });
  },
  30_000,
);
