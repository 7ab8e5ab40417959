import { expect, test } from 'vitest';
import { firstDay, hasModel } from './firstDay.ts';

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

test('a lookalike is known from behind the day of its model', () => {
  const rule = { all: [{ lookalike: { model: 2, top: 100 } }, { stage: { in: ['A'], on: '2026-01-01' } }] };
  expect(hasModel(rule)).toBe(true);
  expect(hasModel(moved)).toBe(false);
  expect(firstDay(rule, new Map([[2, '2026-06-30']]))).toBe('2026-07-01');
  expect(firstDay(rule)).toBe('2026-01-02');
});
