import { expect, test } from 'vitest';
import { brief, difference, exact, short } from './number.ts';

test.each([
  [0, '0', '0'],
  [9_999, '9,999', '9,999'],
  [10_000, '1万', '10K'],
  [12_345, '1.2万', '12.3K'],
  [-12_345, '-1.2万', '-12.3K'],
  [999_999, '100万', '1M'],
  [1_234_567, '123.5万', '1.23M'],
  [99_999_999, '1亿', '100M'],
  [345_000_000, '3.45亿', '345M'],
  [3_450_000_000, '34.5亿', '3.45B'],
  [12.345, '12.35', '12.35'],
])('%d is told as %s in Chinese and %s in English', (value, zh, en) => {
  expect(short(value, 'zh')).toBe(zh);
  expect(short(value, 'en')).toBe(en);
});

const zh = { locale: 'zh', currency: 'CNY' } as const;
const en = { locale: 'en', currency: 'CNY' } as const;

test.each([
  [0.12449, 'rate', '12.4%', '12.4%'],
  [129, 'money', '¥129.00', '¥129'],
  [-129.5, 'money', '-¥129.50', '-¥129.50'],
  [1_234_567.5, 'money', '¥1,234,567.50', '¥123.5万'],
  [-1_234_567.5, 'money', '-¥1,234,567.50', '-¥123.5万'],
  [20_217, 'count', '20,217', '2万'],
  [null, 'rate', '–', '–'],
  ['A', 'text', 'A', 'A'],
] as const)('%s of kind %s is %s in full and %s in short', (value, kind, full, cut) => {
  expect(exact(value, kind, zh)).toBe(full);
  expect(brief(value, kind, zh)).toBe(cut);
});

test.each([
  [0.018, 'rate', '▲ 1.8 个百分点', '▲ 1.8 pp'],
  [-0.018, 'rate', '▼ 1.8 个百分点', '▼ 1.8 pp'],
  [120, 'count', '▲ 120', '▲ 120'],
  [-12_000, 'count', '▼ 1.2万', '▼ 12K'],
  [0, 'count', '＝ 0', '＝ 0'],
] as const)('a difference of %d (%s) has its shape: %s', (value, kind, inChinese, inEnglish) => {
  expect(difference(value, kind, zh)).toBe(inChinese);
  expect(difference(value, kind, en)).toBe(inEnglish);
});
