import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshHome, type Product } from '../../../test/product.ts';
import type { Actor } from '../../accounts/actor.ts';
import { pageOf, problem } from '../../api/common.ts';
import { job } from '../../api/jobs.ts';
import { permissionsOf, type Role } from '../../api/permissions.ts';
import { fastReport, reportRun, type Schedule, schedule, scheduleMade } from '../../api/reports.ts';
import { isOver } from '../../app/jobs/job.ts';
import { type Jobs, openJobs } from '../../app/jobs/jobs.ts';
import { openOutbound } from '../../app/outbound.ts';
import { openReports, type Reports } from '../../app/reporting/reporting.ts';
import { openUploads } from '../../app/uploads.ts';
import { xlsxSource } from '../../sources/read/xlsx.ts';
import { openBook } from '../../sources/read/xlsx-book.ts';
import { appOf } from '../app.ts';
import type { Services } from '../services.ts';

const home = freshHome({ brands: ['=溪木'] });
/** 08:00 on a Wednesday in Shanghai. */
let clock = Date.parse('2026-07-15T00:00:00Z');
const now = () => new Date(clock);
let product: Product;
let jobs: Jobs;
let reports: Reports;

interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const letters: Letter[] = [];
const faults: string[] = [];

async function open(): Promise<void> {
  const uploads = openUploads(product, { now });
  jobs = await openJobs(product, { now, uploads, log: (line) => faults.push(line) });
  const { check } = openOutbound({ allow: [] });
  const post = async (url: string, { headers, body }: Omit<Letter, 'url'>) => {
    letters.push({ url, headers, body });
    return { status: 200, body: '' };
  };
  reports = await openReports(product, { now, jobs, outbound: { check, post } });
}

async function close(): Promise<void> {
  await reports.close();
  await jobs.close();
}

beforeAll(async () => {
  const rows = [
    'id_user,event_time,behavior',
    'a,2026-07-01 10:00:00,click',
    'a,2026-07-10 10:00:00,cart',
    'b,2026-07-13 10:00:00,click',
    'c,2026-06-28 10:00:00,click',
  ];
  writeFileSync(join(home.files, 'events.csv'), `${rows.join('\n')}\n`);
  await home.import(join(home.files, 'events.csv'));
  product = await home.product();
  await open();
});
afterAll(async () => {
  await close();
  expect(faults).toEqual([]);
});

/** Asks as somebody of that role. */
async function ask(
  path: string,
  { role = 'operator', method = 'GET', body }: { role?: Role; method?: string; body?: unknown } = {},
) {
  const actor: Actor = {
    name: role,
    role,
    via: 'key',
    permissions: new Set(permissionsOf(role)),
    mustChangePassword: false,
  };
  const known: Partial<Services> = {
    product,
    jobs,
    reports,
    accounts: { identify: async () => actor } as unknown as Services['accounts'],
  };
  return appOf({ ...known, now, log: () => {} } as Services).request(`/api/reports${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const weekly = { name: 'Weekly', cron: '0 9 * * 1', days: 7, webhook: null, enabled: true };

async function made(body: object) {
  const response = await ask('/schedules', { method: 'POST', body: { ...weekly, ...body } });
  expect(response.status).toBe(201);
  return scheduleMade.parse(await response.json());
}

async function over(id: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (status: Parameters<typeof isOver>[0]) => {
      if (isOver(status)) resolve(status);
    };
    jobs.subscribe(id, ({ status }) => look(status));
    jobs.get(id).then(({ status }) => look(status), reject);
  });
}

/** Waits for every job that was begun. */
async function allOver(): Promise<string[]> {
  const { items } = await jobs.list({ limit: 100 });
  return Promise.all(items.map(({ id }) => over(id)));
}

const runsOf = async (id: number) => pageOf(reportRun).parse(await (await ask(`/schedules/${id}/runs`)).json()).items;

describe('the FAST report', () => {
  test('holds the period, the one before and the whole weeks up to it', async () => {
    const report = fastReport.parse(
      await (await ask('/fast?from=2026-07-08&to=2026-07-14', { role: 'viewer' })).json(),
    );
    expect(report.before).toEqual({ from: '2026-07-01', to: '2026-07-07' });
    expect(report.fast.rows[1]).toEqual({ metric: 'A', value: 0.5, numerator: 1, denominator: 2 });
    expect(report.fastBefore.rows[0]).toMatchObject({ metric: 'F', value: 2 });
    expect(report.flow.rows.map((row) => Object.values(row).join(' '))).toEqual(['A I 1', 'A none 1', 'none A 1']);
    expect(report.stock.rows[0]).toEqual({ stage: 'A', consumers: 1 });
    const dates = [...new Set(report.trend.rows.map(({ date }) => date))];
    expect([dates.length, dates.at(-1)]).toEqual([12, '2026-07-12']);
  });

  test.each([
    ['a period that ends before it begins', 'from=2026-07-14&to=2026-07-08', 'period'],
    ['a day that does not exist', 'from=2026-02-30&to=2026-07-08', 'request'],
    ['a period of eleven years', 'from=2015-01-01&to=2026-01-01', 'period'],
  ])('%s is refused', async (_, query, code) => {
    const response = await ask(`/fast?${query}`);
    expect([response.status, problem.parse(await response.json()).code]).toEqual([400, code]);
  });

  test('as a workbook has a sheet a part in the language asked for, rates as percent, and no formula', async () => {
    const response = await ask('/fast.xlsx?from=2026-07-08&to=2026-07-14&lang=en', { role: 'viewer' });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="fast-2026-07-08-2026-07-14.xlsx"');
    const path = join(home.files, 'report.xlsx');
    const bytes = Buffer.from(await response.arrayBuffer());
    writeFileSync(path, bytes);
    const source = await xlsxSource(path, bytes.length, 1 << 20);
    expect(source.columns.slice(1, 3)).toEqual([
      'This period 2026-07-08 – 2026-07-14',
      'Period before 2026-07-01 – 2026-07-07',
    ]);
    expect(source.sample[1]?.slice(1, 2)).toEqual(['0.5']);
    const book = await openBook(path);
    const xml: string[] = [];
    for (const part of book.sheets) for await (const piece of book.part(part)) xml.push(piece.toString());
    expect(book.sheets).toHaveLength(5);
    book.close();
    expect(xml.join('')).not.toMatch(/<f[ >]/);
  });
});

describe('schedules', () => {
  test('come next by their cron in the business zone', async () => {
    const { schedule: own, secret } = await made({});
    expect([own.nextAt, secret]).toEqual(['2026-07-20T01:00:00.000Z', null]);
  });

  test.each([
    ['six fields', { cron: '0 0 9 * * 1' }, 'cron'],
    ['no cron', { cron: 'every monday at nine' }, 'cron'],
    ['a day that never comes', { cron: '0 9 30 2 *' }, 'cron'],
    ['an inner address', { webhook: 'https://169.254.169.254/latest' }, 'outbound_refused'],
    ['plain http', { webhook: 'http://hooks.example.com/' }, 'outbound_refused'],
    ['a field it does not have', { secret: 'mine' }, 'request'],
  ])('with %s are refused', async (_, body, code) => {
    const response = await ask('/schedules', { method: 'POST', body: { ...weekly, ...body } });
    expect([response.status, problem.parse(await response.json()).code]).toEqual([400, code]);
  });

  test('show no secret to anybody again, and no path of a webhook to who only reads', async () => {
    const { schedule: own, secret } = await made({ webhook: 'https://hooks.example.com/T0KEN?key=hidden' });
    expect(secret).toMatch(/^whs_[\w-]{43}$/);
    const seen = async (role: Role) => {
      const text = await (await ask('/schedules', { role })).text();
      expect(text).not.toContain(secret);
      expect(text).not.toContain('hidden');
      return JSON.parse(text).items.find((each: Schedule) => each.id === own.id)?.webhook;
    };
    expect(await seen('operator')).toBe('https://hooks.example.com/T0KEN');
    expect(await seen('viewer')).toBe('https://hooks.example.com');
    const rows = await product.installation.context.registry.rows('SELECT webhook, secret FROM schedule');
    expect(JSON.stringify(rows)).not.toMatch(/example|whs_/);
  });

  test('are changed, run and removed by operators only, and each change is in the audit', async () => {
    const { schedule: own } = await made({ name: 'Audited' });
    const at = `/schedules/${own.id}`;
    const changes = [
      ['PATCH', at, { enabled: false }],
      ['POST', `${at}/run`, undefined],
      ['DELETE', at, undefined],
    ] as const;
    for (const [method, path, body] of changes)
      expect((await ask(path, { role: 'analyst', method, body })).status).toBe(403);
    const off = await (await ask(at, { method: 'PATCH', body: { enabled: false } })).json();
    expect(off).toMatchObject({ enabled: false, nextAt: null });
    expect((await ask(at, { method: 'DELETE' })).status).toBe(200);
    expect((await ask(at, { method: 'DELETE' })).status).toBe(404);
    const { registry } = product.installation.context;
    const audit = await registry.rows('SELECT actor, action FROM audit ORDER BY id DESC LIMIT 3');
    expect(audit.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'operator schedule.remove',
      'operator schedule.change',
      'operator schedule.add',
    ]);
  });
});

describe('a run', () => {
  test('keeps its files and sends a signed letter of figures', async () => {
    const { schedule: own, secret } = await made({ webhook: 'https://hooks.example.com/in?key=hidden' });
    const started = await ask(`/schedules/${own.id}/run`, { method: 'POST' });
    expect(started.status).toBe(202);
    expect(await over(job.parse(await started.json()).id)).toBe('done');
    const [run] = await runsOf(own.id);
    expect(run).toMatchObject({
      from: '2026-07-08',
      to: '2026-07-14',
      status: 'done',
      delivery: 'delivered: HTTP 200',
    });
    const kept = fastReport.parse(await (await ask(`/runs/${run?.id}.json`, { role: 'viewer' })).json());
    expect(kept.fast.rows[0]).toMatchObject({ metric: 'F', value: 3 });
    const book = await ask(`/runs/${run?.id}.xlsx`, { role: 'viewer' });
    expect(
      Buffer.from(await book.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const letter = letters.at(-1);
    expect(letter?.url).toBe('https://hooks.example.com/in?key=hidden');
    const [, t = '', v1] = /^t=(\d+),v1=(\w+)$/.exec(letter?.headers['x-qiancheng-signature'] ?? '') ?? [];
    expect(v1).toBe(
      createHmac('sha256', secret ?? '')
        .update(`${t}.${letter?.body}`)
        .digest('hex'),
    );
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({
      report: 'fast',
      run: run?.id,
      period: { from: '2026-07-08', to: '2026-07-14' },
      values: [{ metric: 'F', value: 3, before: 2 }, { metric: 'A', value: 0.5 }, { metric: 'S' }, { metric: 'T' }],
    });
    await ask(`/schedules/${own.id}`, { method: 'DELETE' });
    expect((await ask(`/runs/${run?.id}.json`)).status).toBe(404);
  });

  test.each(['..%2f..%2fkey.json', '1.yaml', '0.json', '1e3.json', '999999.json'])(
    'is not found by the crafted name %s',
    async (name) => {
      expect([400, 404]).toContain((await ask(`/runs/${name}`)).status);
    },
  );

  test('that was missed, however often, is made once when the server is back; one that is off is not', async () => {
    const daily = await made({ name: 'Daily', cron: '0 9 * * *', days: 1 });
    const off = await made({ name: 'Off', cron: '0 9 * * *', enabled: false });
    await close();
    clock = Date.parse('2026-07-19T02:00:00Z');
    await open();
    expect(new Set(await allOver())).toEqual(new Set(['done']));
    expect(await runsOf(daily.schedule.id)).toMatchObject([{ from: '2026-07-18', to: '2026-07-18', status: 'done' }]);
    expect(await runsOf(off.schedule.id)).toEqual([]);
    const { items } = pageOf(schedule).parse(await (await ask('/schedules')).json());
    expect(items.find(({ id }: Schedule) => id === daily.schedule.id)).toMatchObject({
      nextAt: '2026-07-20T01:00:00.000Z',
      lastAt: '2026-07-19T02:00:00.000Z',
      lastStatus: 'done',
    });
    await reports.due();
    await allOver();
    expect(await runsOf(daily.schedule.id)).toHaveLength(1);
  });
});
