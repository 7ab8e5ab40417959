import { expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

test('a source is printed as JSON with its write key, for a script', async () => {
  const { code, out, asked } = await call(['source', 'add', 'web', '--format', 'json']);
  expect([code, JSON.parse(out)]).toEqual([0, { name: 'web', key: 'qw_0123' }]);
  expect(asked).toContainEqual(['addSource', 'web']);
});

test.each([
  ['zh', '数据源 web 的写入密钥，只显示这一次：\nqw_0123\n'],
  ['en', 'The write key of the source web, shown this once:\nqw_0123\n'],
])('on a terminal the write key stands on a line of its own, in %s', async (lang, shown) => {
  expect((await call(['source', 'add', 'web', '--lang', lang], { isTTY: true })).out).toBe(shown);
});

test('the list is an array of the sources with their counts', async () => {
  const { code, out } = await call(['source', 'list', '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual([
    { name: 'web', accepted: 12_345, duplicate: 6, rejected: 7, last_at: '2026-07-15T00:00:00.000Z' },
  ]);
});
