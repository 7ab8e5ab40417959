import { expect, test } from 'vitest';
import { ui as en } from '../../text/en/ui.ts';
import { ui as zh } from '../../text/zh/ui.ts';
import { standingText } from './standing.ts';

test.each([
  [{ state: 'waiting', place: 3, seconds: 8 }, '排在第 3 位 · 约 8 秒', 'Number 3 in the queue · about 8 s'],
  [{ state: 'waiting', place: 1, seconds: 0 }, '排在第 1 位 · 约 1 秒', 'Number 1 in the queue · about 1 s'],
  [{ state: 'running', seconds: 12.4 }, '正在计算 · 已用 12 秒', 'Working it out · 12 s'],
  [
    { state: 'running', seconds: 180, rows: 2, total: 3 },
    '正在计算 · 已用 3 分钟 · 已读 66%',
    'Working it out · 3 min · 66% read',
  ],
] as const)('a question that stands so is told so', (standing, chinese, english) => {
  expect([standingText(standing, zh.question), standingText(standing, en.question)]).toEqual([chinese, english]);
});
