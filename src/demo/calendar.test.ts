import { expect, test } from 'vitest';
import { dayOf, historyDays, makeCalendar, peakOf, timeText } from './calendar.ts';

const calendar = makeCalendar('2026-06-30');

test.each([
  ['2026-05-19', 'none'],
  ['2026-05-20', 'preheat'],
  ['2026-05-30', 'preheat'],
  ['2026-05-31', '618'],
  ['2026-06-20', '618'],
  ['2026-06-21', 'none'],
  ['2025-10-20', 'preheat'],
  ['2025-10-21', 'D11'],
  ['2025-11-11', 'D11'],
  ['2025-11-12', 'none'],
] as const)('%s is %s', (day, peak) => {
  expect(peakOf(day)).toBe(peak);
});

test.each([
  [0, '2024-07-01 00:00:00', 0],
  [59, '2024-07-01 00:00:59', 0],
  [3661, '2024-07-01 01:01:01', 0],
  [86_399, '2024-07-01 23:59:59', 0],
  [86_400, '2024-07-02 00:00:00', 1],
  [historyDays * 86_400 - 1, '2026-06-30 23:59:59', 729],
])('second %i of the history is %s', (at, text, day) => {
  expect(timeText(calendar, at)).toBe(text);
  expect(dayOf(at)).toBe(day);
});

test('orders crowd on Double 11 more than touches do, and nights are quiet', () => {
  const eleventh = calendar.days.indexOf('2025-11-11');
  const share = (table: Uint16Array, value: number) => table.filter((one) => one === value).length / table.length;
  expect(share(calendar.buyDays, eleventh)).toBeGreaterThan(5 * share(calendar.touchDays, eleventh));
  const hours = [...calendar.minutes].map((minute) => Math.floor(minute / 60));
  const at = (hour: number) => hours.filter((one) => one === hour).length;
  expect(at(21)).toBeGreaterThan(10 * at(3));
});
