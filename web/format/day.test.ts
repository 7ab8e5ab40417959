import { expect, test } from 'vitest';
import { before, endingOn, festivalBy, isDay, lengthOf, marksIn, momentIn, monthOf } from './day.ts';

test('thirty days end on the last day and the period before lies right before them', () => {
  const period = endingOn('2026-06-30', 30);
  expect(period).toEqual({ from: '2026-06-01', to: '2026-06-30' });
  expect(lengthOf(period)).toBe(30);
  expect(before(period)).toEqual({ from: '2026-05-02', to: '2026-05-31' });
});

test.each([
  ['2026-03-31', 0, '2026-03-01', '2026-03-31'],
  ['2026-03-15', 0, '2026-03-01', '2026-03-15'],
  ['2026-03-31', 1, '2026-02-01', '2026-02-28'],
  ['2026-01-10', 1, '2025-12-01', '2025-12-31'],
])('as of %s the month %d back is %s to %s', (day, months, from, to) => {
  expect(monthOf(day, months)).toEqual({ from, to });
});

test.each([
  ['2026-06-30', 'mid618', '2026-06-01', '2026-06-20'],
  ['2026-06-10', 'mid618', '2026-06-01', '2026-06-10'],
  ['2026-05-31', 'mid618', '2025-06-01', '2025-06-20'],
  ['2026-06-30', 'double11', '2025-11-01', '2025-11-11'],
] as const)('by %s the latest %s runs from %s to %s', (last, id, from, to) => {
  expect(festivalBy(last, id)).toEqual({ from, to });
});

test('the days of the great sales are marked, and no others', () => {
  expect(marksIn(['2026-06-17', '2026-06-18', '2026-11-11'])).toEqual([
    { day: '2026-06-18', id: 'mid618' },
    { day: '2026-11-11', id: 'double11' },
  ]);
});

test.each([
  ['2026-02-28', true],
  ['2026-02-30', false],
  ['2026-2-3', false],
  ['', false],
  [7, false],
])('%s is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test('a moment is told in the zone of the brand', () => {
  expect(momentIn('Asia/Shanghai', '2026-06-30T16:30:00.000Z')).toBe('2026-07-01 00:30');
  expect(momentIn('UTC', '2026-06-30T16:30:00.000Z')).toBe('2026-06-30 16:30');
  expect(momentIn('UTC', 'no data')).toBe('no data');
});
