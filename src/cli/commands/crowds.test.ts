import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-crowds-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('the list is a row a taxonomy', async () => {
  const { out } = await call(['crowds', 'list', '--format', 'csv', '--lang', 'en']);
  expect(out.replaceAll('\r', '')).toBe(
    'name,version,origin,title,crowds\neight,1,proposed,Eight strategic crowds,Generation Z\n',
  );
});

test.each([
  ['zh', '1. Z世代 z_era\n   年龄 18 到 24 岁\n\n消费者归入第一个符合的人群'],
  ['en', '1. Generation Z z_era\n   aged 18 to 24\n\nA consumer has the first crowd'],
])('on a terminal a taxonomy is its crowds in order, in %s', async (lang, shown) => {
  expect((await call(['crowds', 'show', 'eight', '--lang', lang], { isTTY: true })).out).toContain(shown);
});

test('a taxonomy is put from a file, and so is a table of tiers', async () => {
  const ours = file('ours.yaml', 'name: ours\ncrowds: []\n');
  expect((await call(['crowds', 'put', ours])).asked).toContainEqual(['putCrowds', { name: 'ours', crowds: [] }]);
  const tiers = file('tiers.json', '{"上海": 1}');
  const put = await call(['crowds', 'tiers', tiers, '--format', 'json']);
  expect(put.asked).toContainEqual(['putCityTiers', { 上海: 1 }]);
  expect(JSON.parse(put.out)).toEqual([{ place: '上海', tier: 1 }]);
  expect((await call(['crowds', 'tiers'])).asked).toContainEqual(['cityTiers']);
});

test.each([
  [['put', join(folder, 'nowhere.yaml')], 'is neither JSON nor YAML'],
  [['put', file('list.json', '[1]')], 'is neither JSON nor YAML'],
  [['tiers', file('seven.json', '{"上海": 7}')], 'no table of city tiers'],
  [['put'], 'file'],
])('crowds %j is told what is wrong', async (words, told) => {
  const { code, err } = await call(['crowds', ...words, '--lang', 'en']);
  expect(code).toBe(2);
  expect(err).toContain(told);
});
