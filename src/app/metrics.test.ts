import { expect, test } from 'vitest';
import type { Job } from '../api/jobs.ts';
import { InputError, UnavailableError } from '../base/errors.ts';
import { hearing } from './answers/heard.ts';
import { jobWatch } from './jobWatch.ts';
import { openMetrics } from './metrics.ts';
import type { Readings } from './metricsReadings.ts';

const readings: Readings = {
  questions: { running: 4, waiting: 7 },
  jobs: [
    { kind: 'import', state: 'done', jobs: 12 },
    { kind: 'import', state: 'running', jobs: 1 },
  ],
  sources: [{ name: 'web', enabled: true, per_second: null, accepted: 100, duplicate: 5, rejected: 2, last_at: null }],
  refused: { key: 3 },
  log: { bytes: 4096, segments: 2, lagSeconds: 1.5 },
  stored: { parts: 30, rows: 1_000_000, bytes: 25_000_000 },
  disk: { free: 10, total: 20 },
  up: { warehouse: true, registry: false },
};

const job: Job = {
  ...{ id: 1, kind: 'import', title: 'people.csv', status: 'running', progress: null, result: null, error: null },
  ...{
    createdBy: 'ada',
    createdAt: '2026-07-15T00:00:00.000Z',
    startedAt: '2026-07-15T00:00:01.000Z',
    finishedAt: null,
  },
};

/** Figures of ours, by name and labels. */
async function figures(metrics: ReturnType<typeof openMetrics>): Promise<Record<string, number>> {
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('qiancheng_'));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice('qiancheng_'.length, at), Number(line.slice(at + 1))];
    }),
  );
}

test('what was read is shown, each figure under its name', async () => {
  expect(await figures(openMetrics(async () => readings))).toMatchObject({
    questions_running: 4,
    questions_waiting: 7,
    'jobs{kind="import",state="done"}': 12,
    'jobs{kind="import",state="running"}': 1,
    'jobs{kind="report",state="queued"}': 0,
    'collector_events_total{source="web",result="accepted"}': 100,
    'collector_events_total{source="web",result="duplicate"}': 5,
    'collector_events_total{source="web",result="rejected"}': 2,
    'collector_refused_total{reason="key"}': 3,
    collector_log_bytes: 4096,
    collector_log_segments: 2,
    collector_lag_seconds: 1.5,
    warehouse_parts: 30,
    warehouse_rows: 1_000_000,
    warehouse_bytes: 25_000_000,
    'up{store="warehouse"}': 1,
    'up{store="registry"}': 0,
    disk_free_bytes: 10,
    disk_bytes: 20,
  });
});

test('a total that is read twice is not counted twice, and what cannot be read is no number', async () => {
  let now = readings;
  const metrics = openMetrics(async () => now);
  await metrics.text();
  now = { ...readings, stored: undefined, jobs: [] };
  const told = await figures(metrics);
  expect(told['collector_events_total{source="web",result="accepted"}']).toBe(100);
  expect(told['jobs{kind="import",state="done"}']).toBeUndefined();
  expect(told.warehouse_rows).toBeNaN();
});

test('questions are counted by what came of them', async () => {
  const metrics = openMetrics(async () => readings);
  const ask = (cached: 'yes' | 'no', work: () => Promise<unknown>) =>
    hearing(metrics.question, { analysis: 'fast', cached }, work).catch(() => {});
  await ask('no', async () => 1);
  await ask('yes', async () => 1);
  await ask('yes', async () => 1);
  await ask('no', () => Promise.reject(new InputError('row', 'The row is wrong.')));
  await ask('no', () => Promise.reject(new UnavailableError('busy', 'Too many questions wait.')));
  await ask('no', () => Promise.reject(new Error('a bug')));
  const told = await figures(metrics);
  expect(Object.entries(told).filter(([name]) => name.startsWith('questions_total'))).toEqual([
    ['questions_total{analysis="fast",outcome="answered",cached="no"}', 1],
    ['questions_total{analysis="fast",outcome="answered",cached="yes"}', 2],
    ['questions_total{analysis="fast",outcome="refused",cached="no"}', 1],
    ['questions_total{analysis="fast",outcome="unavailable",cached="no"}', 1],
    ['questions_total{analysis="fast",outcome="failed",cached="no"}', 1],
  ]);
  expect(told['question_seconds_count{analysis="fast"}']).toBe(6);
});

test('a job is heard once as it begins and once as it ends, however often its progress is told', async () => {
  const metrics = openMetrics(async () => readings);
  const heard: string[] = [];
  const watch = jobWatch((what, each) => {
    heard.push(`${what} ${each.id} ${each.status}`);
    if (what === 'ended') metrics.jobEnded(each);
  });
  watch({ ...job, status: 'queued' });
  for (let told = 0; told < 3; told++) watch(job);
  watch({ ...job, status: 'done', finishedAt: '2026-07-15T00:00:31.000Z' });
  watch({ ...job, id: 2, status: 'cancelled', startedAt: null, finishedAt: '2026-07-15T00:00:31.000Z' });
  expect(heard).toEqual(['began 1 running', 'ended 1 done', 'ended 2 cancelled']);
  expect(await figures(metrics)).toMatchObject({
    'jobs_ended_total{kind="import",state="done"}': 1,
    'jobs_ended_total{kind="import",state="cancelled"}': 1,
    'job_seconds_sum{kind="import"}': 30,
    'job_seconds_count{kind="import"}': 1,
  });
});
