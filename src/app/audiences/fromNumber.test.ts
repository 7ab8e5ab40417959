import { expect, test } from 'vitest';
import { fromNumberSentence } from './fromNumber.ts';

const fast = { from: '2026-06-01', to: '2026-06-30' };

test.each([
  [
    'a column of codes has words',
    { analysis: 'fast', params: fast, row: { metric: 'A' } },
    '（起始日（含）2026-06-01，截止日（含）2026-06-30）中指标为 A 关系加深率的消费者',
    'first day of the range 2026-06-01, last day of the range 2026-06-30',
  ],
  [
    'stages are called by their letter',
    { analysis: 'aipl-stock', params: { on: '2026-06-30' }, row: { stage: 'I' } },
    '「AIPL 人群存量」（截至日 2026-06-30）中阶段为 I 的消费者',
    'the people of AIPL stock',
  ],
  [
    'an analysis that is gone is told by its code',
    { analysis: 'gone', params: {}, row: {} },
    '分析 gone 中一个数字背后的消费者',
    'the people behind a number of gone',
  ],
])('%s', (_, number, zh, en) => {
  const told = fromNumberSentence(number);
  expect(told).toEqual({ zh: expect.stringContaining(zh), en: expect.stringContaining(en) });
  expect(told.zh).not.toContain('=');
});
