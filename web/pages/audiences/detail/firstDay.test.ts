import { expect, test } from 'vitest';
import { firstDay } from './firstDay.ts';

const moved = { moved: { from: ['A'], to: ['I'], between: ['2026-06-23', '2026-06-30'] } };

test.each([
  [
    'no fixed day',
    { all: [{ stage: { in: ['A'] } }, { bought: { window: { from: '2026-01-01', to: '2026-06-30' } } }] },
    undefined,
  ],
  ['the day behind the later day of a flow', moved, '2026-07-01'],
  ['the day behind a fixed day', { stage: { in: ['A'], on: '2026-02-28' } }, '2026-03-01'],
  [
    'the latest, however deep',
    { all: [{ not: { any: [moved] } }, { stage: { in: ['A'], on: '2026-01-01' } }] },
    '2026-07-01',
  ],
])('%s', (_name, rule, expected) => {
  expect(firstDay(rule)).toBe(expected);
});
