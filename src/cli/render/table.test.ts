import { expect, test } from 'vitest';
import { paintOf } from './paint.ts';
import { table } from './table.ts';

const io = (isTTY: boolean, env: NodeJS.ProcessEnv = {}) => ({
  stdout: { write: () => {}, isTTY },
  stderr: { write: () => {}, isTTY },
  env,
  now: () => new Date(0),
  signal: new AbortController().signal,
  openProduct: () => Promise.reject(new Error('not in this test')),
  startServer: () => Promise.reject(new Error('not in this test')),
});
const columns = [
  { id: 'stage', title: '阶段' },
  { id: 'consumers', title: 'Consumers' },
  { id: 'share', title: '占比', kind: 'rate' as const },
  { id: 'amount', title: '金额', kind: 'money' as const },
  { id: 'line', title: '行', kind: 'id' as const },
];
const rows = [
  { stage: '认知 A', consumers: 1234567, share: 0.1235, amount: 12.5, line: 1002 },
  { stage: 'I', consumers: 5, share: null, amount: -1000, line: 7 },
];

test('Chinese and Latin cells align, numbers stand right with their thousands apart, absent ones as a dash', () => {
  expect(table(columns, rows, paintOf(io(false)))).toBe(
    [
      '阶段    Consumers   占比       金额    行',
      '─────────────────────────────────────────',
      '认知 A  1,234,567  12.4%      12.50  1002',
      'I               5      –  -1,000.00     7',
      '',
    ].join('\n'),
  );
});

test('a column of texts and numbers stands left', () => {
  const made = table([{ id: 'value', title: 'Value' }], [{ value: 5 }, { value: 'abcdefg' }], paintOf(io(false)));
  expect(made.split('\n')[2]).toBe('5');
});

test('terminal codes and line breaks in data are shown, not obeyed, and long texts are cut', () => {
  const raw = `\u001b[2Ja\nb${'字'.repeat(60)}`;
  const cell = table([{ id: 'raw', title: 'Raw' }], [{ raw }], paintOf(io(false))).split('\n')[2] ?? '';
  expect(cell).toBe(`·[2Ja⏎b${'字'.repeat(26)}…`);
});

test('colours are for terminals that want them', () => {
  expect(paintOf(io(true)).inColour).toBe(true);
  expect(paintOf(io(true, { NO_COLOR: '1' })).inColour).toBe(false);
  expect(paintOf(io(true, { TERM: 'dumb' })).inColour).toBe(false);
  expect(paintOf(io(false)).inColour).toBe(false);
  expect(paintOf(io(true)).stage(4, 'L')).toBe('\u001b[38;5;29mL\u001b[0m');
});
