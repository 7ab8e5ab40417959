import { expect, test } from 'vitest';
import { cronOf, isCron, standardWhen, whenOf } from './cron.ts';

test.each([
  ['30 7 * * *', { every: 'day', time: '07:30' }],
  ['0 8 * * 1', { every: 'week', time: '08:00', weekday: 1 }],
  ['0 8 * * 7', { every: 'week', weekday: 0 }],
  ['5 23 1 * *', { every: 'month', time: '23:05', monthday: 1 }],
  ['*/5 * * * *', { every: 'own', cron: '*/5 * * * *' }],
  ['0 8 1 * 1', { every: 'own' }],
])('%s is %o', (cron, when) => {
  expect(whenOf(cron)).toMatchObject(when);
});

test.each([
  [{ ...standardWhen, every: 'day', time: '07:30' } as const, '30 7 * * *'],
  [{ ...standardWhen, every: 'week', weekday: 0 } as const, '0 8 * * 0'],
  [{ ...standardWhen, every: 'month', monthday: 15 } as const, '0 8 15 * *'],
  [{ ...standardWhen, every: 'own', cron: ' 0  9 * * 1-5 ' } as const, '0 9 * * 1-5'],
])('%o is written %s', (when, cron) => {
  expect(cronOf(when)).toBe(cron);
});

test('a cron has five parts', () => {
  expect([isCron('0 8 * * 1'), isCron('0 8 * *'), isCron('')]).toEqual([true, false, false]);
});
