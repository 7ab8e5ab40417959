import { expect, test } from 'vitest';
import { nextPeriod } from './retentionFacts.ts';

const row = (cohort: string, period: number, consumers: number, retained: number) => ({
  cohort,
  period,
  consumers,
  retained,
  rate: retained / consumers,
});

test('the next period is counted over the cohorts that have gone through it', () => {
  const rows = [
    row('2026-01-01', 0, 100, 100),
    row('2026-01-01', 1, 100, 20),
    row('2026-02-01', 0, 50, 50),
    row('2026-02-01', 1, 50, 15),
    row('2026-03-01', 0, 70, 70),
  ];
  expect(nextPeriod(rows)).toEqual({ consumers: 150, retained: 35, best: rows[3], few: false });
});

test('cohorts that have only begun tell nothing', () => {
  expect(nextPeriod([row('2026-03-01', 0, 70, 70)])).toBeUndefined();
});
