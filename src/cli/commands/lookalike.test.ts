import { expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

test.each<[string, string[], unknown[]]>([
  ['train', ['lookalike', 'train', 'buyers'], ['trainLookalike', { seed: 'buyers' }]],
  [
    'train in full',
    ['lookalike', 'train', 'buyers', '--on', '2026-06-30', '--ahead', '7', '--exclude', 'staff, women'],
    ['trainLookalike', { seed: 'buyers', on: '2026-06-30', ahead: 7, exclude: ['staff', 'women'] }],
  ],
  ['list', ['lookalike', 'list'], ['lookalikes']],
  ['show', ['lookalike', 'show', '3'], ['lookalike', 3]],
  ['remove', ['lookalike', 'remove', '3'], ['removeLookalike', 3]],
  [
    'upload',
    ['audience', 'upload', 'vip', 'vip.csv', '--id', 'phone', '--form', 'md5', '--column', 'hash'],
    ['uploadList', 'vip.csv', { name: 'vip', id: 'phone', form: 'md5', column: 'hash' }],
  ],
  ['lists', ['audience', 'lists'], ['idLists']],
  ['unlist', ['audience', 'unlist', 'vip'], ['removeList', 'vip']],
])('%s asks the product', async (_, words, asked) => {
  const called = await call(words);
  expect([called.err, called.code, called.asked[0]]).toEqual(['', 0, asked]);
});

test.each([
  [
    ['lookalike', 'show', '1', '--lang', 'en'],
    [
      'Lookalike 1 of buyers',
      '1,200 seeds and 56,789 others',
      'AUC 0.81 (95 %: 0.78 to 0.84)',
      'the first 5.0% hold 3.5 times as many seeds as chance',
      '5,679',
      '40.0%',
      '+ A recent “Added to cart”',
    ],
  ],
  [
    ['lookalike', 'show', '1', '--lang', 'zh'],
    ['「buyers」的相似模型 1', '另有 34 位种子当时还没有行为', '+ 近期有过「加购」'],
  ],
  [
    ['audience', 'lists', '--lang', 'en'],
    ['vip', 'phone', '1,100', '900'],
  ],
])('on a terminal %j tells it', async (argv, parts) => {
  const { out } = await call(argv, { isTTY: true });
  for (const part of parts) expect(out).toContain(part);
  expect(out).not.toContain('No signal');
});
