import { expect, test } from 'vitest';
import { csv } from './csv.ts';

const fields: readonly [string, unknown, string][] = [
  ['a plain text', '认知', '认知'],
  ['a comma', 'a,b', '"a,b"'],
  ['a quote', 'say "a"', '"say ""a"""'],
  ['a line break', 'a\r\nb', '"a\r\nb"'],
  ['outer blanks', ' a', '" a"'],
  ['a number', -0.25, '-0.25'],
  ['zero', 0, '0'],
  ['false', false, 'false'],
  ['nothing', null, ''],
  ['a missing key', undefined, ''],
  ['an object', { zh: '名', en: 'n' }, '"{""zh"":""名"",""en"":""n""}"'],
];

test.each(fields)('%s', (_, value, written) => {
  expect(csv(['x', 'y'], [{ x: value, y: 1 }])).toBe(`x,y\n${written},1\n`);
});

test('no rows leave the header', () => {
  expect(csv(['a', 'b'], [])).toBe('a,b\n');
});
