import { expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

test.each<[string, string[], unknown[]]>([
  ['why', ['why', 'user:u1'], ['explainLink', 'user:u1', undefined]],
  ['why to', ['why', '#17', '--to', 'phone:3fa9'], ['explainLink', '#17', 'phone:3fa9']],
  ['cuts', ['cuts'], ['cuts']],
  ['cut of an identifier', ['cut', '--identifier', 'user:a,b'], ['previewCut', { identifier: 'user:a,b' }]],
  ['cut of a pair', ['cut', '--pair', 'user:a,b,phone:1'], ['previewCut', { pair: ['user:a,b', 'phone:1'] }]],
  [
    'cut of a source since',
    ['cut', '--source', 'crm', '--from', '2026-06-01'],
    ['previewCut', { source: 'crm', from: '2026-06-01' }],
  ],
  ['restore', ['restore', '3'], ['previewCut', { lift: 3 }]],
])('link %s asks the product', async (_, words, asked) => {
  const called = await call(['link', ...words]);
  expect([called.err, called.code, called.asked[0]]).toEqual(['', 0, asked]);
});

test('a cut is made with its note, and tells what it changed', async () => {
  const { asked, out } = await call(['link', 'cut', '--source', 'crm', '--note', 'wrong export']);
  expect(asked).toContainEqual(['cutLink', { source: 'crm', note: 'wrong export' }]);
  expect(JSON.parse(out)).toEqual({ cut: 3, before: 1, after: 2, rows: 1234 });
});

test('a preview makes no cut', async () => {
  const { asked, out } = await call(['link', 'cut', '--source', 'crm', '--preview']);
  expect(asked.filter((each) => Array.isArray(each) && each[0] === 'cutLink')).toEqual([]);
  expect(JSON.parse(out)).toEqual({ before: 1, after: 2, rows: 1234 });
});

test.each([
  ['zh', ['link', 'restore', '3'], '断开 3 已解除。涉及的消费者：之前 1 位，之后 2 位；改换消费者的行：1,234。\n'],
  [
    'en',
    ['link', 'restore', '3'],
    'Cut 3 is lifted. Consumers concerned: 1 before, 2 after; rows that change theirs: 1,234.\n',
  ],
])('on a terminal, in %s, it is a sentence', async (lang, argv, shown) => {
  expect((await call([...argv, '--lang', lang], { isTTY: true })).out).toBe(shown);
});

test.each([
  ['why', ['user:u1', '--to', 'phone:3fa9'], ['user:u1', '会员.csv', 'cut, joins nobody', 'The shortest way', '1,000']],
  ['cuts', [], ['phone:3fa9', 'shop telephone', 'from 2026-06-01']],
])('on a terminal link %s shows a table', async (command, more, parts) => {
  const { out } = await call(['link', command, ...more, '--lang', 'en'], { isTTY: true });
  for (const part of parts) expect(out).toContain(part);
});

test.each([
  ['one of a pair', ['cut', '--pair', 'user:a']],
  ['three of a pair', ['cut', '--pair', 'user:a,user:b,user:c']],
  ['a number that is none', ['restore', 'x']],
  ['no number', ['restore']],
])('%s is a fault of the caller, and nothing is asked', async (_, words) => {
  const { code, out, asked } = await call(['link', ...words]);
  expect([code, out, asked.filter((each) => each !== undefined && String(each) !== 'close')]).toEqual([2, '', []]);
});
