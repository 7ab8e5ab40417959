import { expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

test('a key is printed as JSON with its name, for a script', async () => {
  const { code, out, asked } = await call(['key', 'add', 'nightly', '--role', 'analyst', '--format', 'json']);
  expect([code, JSON.parse(out)]).toEqual([0, { name: 'nightly', key: 'qk_0123' }]);
  expect(asked).toContainEqual(['addKey', 'nightly', 'analyst']);
});

test.each([
  ['zh', '密钥 nightly，只显示这一次：\nqk_0123\n'],
  ['en', 'The key nightly, shown this once:\nqk_0123\n'],
])('on a terminal the key stands on a line of its own, in %s', async (lang, shown) => {
  const called = await call(['key', 'add', 'nightly', '--role', 'viewer', '--lang', lang], { isTTY: true });
  expect(called.out).toBe(shown);
});

test.each([
  ['no role', ['key', 'add', 'nightly']],
  ['a role that is none', ['key', 'add', 'nightly', '--role', 'owner']],
  ['no name', ['key', 'add', '--role', 'viewer']],
])('%s is a fault of the caller, and nothing is asked', async (_, argv) => {
  const { code, out, asked } = await call(argv);
  expect([code, out]).toEqual([2, '']);
  expect(asked.filter((each) => Array.isArray(each) && each[0] === 'addKey')).toEqual([]);
});
