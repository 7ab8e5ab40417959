import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-rule-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rule = { did: { behavior: ['cart'], window: { days: 30 } } };

test('a count is one object, for a program', async () => {
  const { code, out, asked } = await call([
    'audience',
    'count',
    '--rule',
    JSON.stringify(rule),
    '--on',
    '2026-06-30',
    '--format',
    'json',
  ]);
  expect([code, JSON.parse(out)]).toEqual([0, { consumers: 12_345, on: '2026-06-30' }]);
  expect(asked).toContainEqual(['countAudience', { rule, on: '2026-06-30' }]);
});

test.each([
  ['rule.json', JSON.stringify(rule)],
  ['rule.yaml', 'did:\n  behavior: [cart]\n  window: { days: 30 }\n'],
])('a rule may stand in a file, %s', async (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  const { code, asked } = await call(['audience', 'create', 'carted', '--rule', path, '--static']);
  expect(code).toBe(0);
  expect(asked).toContainEqual(['createAudience', { name: 'carted', rule, kind: 'static' }]);
});

test.each([
  [['count'], 'Give the name of an audience or --rule'],
  [['count', 'carted', '--rule', '{}'], 'Give the name of an audience or --rule'],
  [['count', '--rule', '{"did":'], 'The rule is not JSON'],
  [['count', '--rule', join(folder, 'nowhere.yaml')], 'is neither JSON nor YAML'],
  [['count', '--rule', '{"any": [}'], 'The rule is not JSON'],
  [['create', 'x'], '--rule'],
])('audience %j is told what is wrong', async (words, told) => {
  const { code, err } = await call(['audience', ...words, '--lang', 'en']);
  expect(code).toBe(2);
  expect(err).toContain(told);
});

test.each([
  ['zh', '2026-06-30 共 12,345 位消费者（动态）\n迄今有加购至少 1 次\n'],
  ['en', '12,345 consumers on 2026-06-30 (dynamic)\ncart at least 1 times ever\n'],
])('on a terminal an audience is a sentence, in %s', async (lang, shown) => {
  expect((await call(['audience', 'show', 'carted', '--lang', lang], { isTTY: true })).out).toContain(shown);
});

test('an export is a row an identifier', async () => {
  const { out } = await call(['audience', 'export', 'carted', '--format', 'csv']);
  expect(out.replaceAll('\r', '')).toBe('consumer,type,value\n17,user,u1\n');
});

test('a rule explained is a row a condition', async () => {
  const { out, asked } = await call([
    'audience',
    'explain',
    '--rule',
    JSON.stringify(rule),
    '--format',
    'csv',
    '--lang',
    'en',
  ]);
  expect(asked).toContainEqual(['explainRule', { rule }]);
  expect(out.replaceAll('\r', '')).toBe('place,condition,consumers,remaining\n,cart at least 1 times ever,12345,\n');
});

test('a change gives what is changed only', async () => {
  const { asked } = await call(['audience', 'change', 'carted', '--on', '2026-06-30', '--rename', 'twice']);
  expect(asked).toContainEqual(['changeAudience', 1, { on: '2026-06-30', name: 'twice' }]);
});

test('a history is a row a day', async () => {
  const { out, asked } = await call(['audience', 'history', 'carted', '--from', '2026-06-30', '--format', 'csv']);
  expect(asked).toContainEqual(['audienceHistory', 1, { from: '2026-06-30' }]);
  expect(out.replaceAll('\r', '')).toBe('on,consumers,entered,went\n2026-06-30,12345,20,10\n');
});

test('a decay is a row an age', async () => {
  const { out, asked } = await call(['audience', 'decay', 'carted', '--ages', '30', '--format', 'csv']);
  expect(asked).toContainEqual(['audienceDecay', 1, { ages: '30' }]);
  expect(out.replaceAll('\r', '')).toBe(
    'age,on,members,stayed,stayed_rate,low,high,bought\n30,2026-05-31,200,50,0.25,0.195,0.314,20\n',
  );
});
