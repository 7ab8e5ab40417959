import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { zh } from '../text/zh.ts';
import { LacksError, sayReading } from './readingFault.ts';

function faultOf(read: (text: string) => unknown, text: string): unknown {
  try {
    return read(text);
  } catch (error) {
    return error;
  }
}

const parts = (text: string) => {
  if (!text.includes('entity')) throw new LacksError(['entity', 'columns']);
};
const newer = () => {
  throw new SyntaxError('Bad control character in string literal in JSON at position 9 (line 2 column 7)');
};
const vague = () => {
  throw new Error('Unexpected token');
};

test.each([
  ['JSON', JSON.parse, '{\n  "a": 1,\n  b\n}', '第 3 行第 3 个字符附近写法不对'],
  ['JSON that ends too early', JSON.parse, '{"a":', '第 1 行第 6 个字符附近写法不对'],
  ['JSON whose parser tells the line', newer, '', '第 2 行第 7 个字符附近写法不对'],
  ['YAML', parse, 'a: 1\nb: [1, 2\n', '第 3 行第 1 个字符附近写法不对'],
  ['a text that lacks its parts', parts, '{}', '缺少 entity、columns'],
  ['anything else', vague, '', '写法不对'],
] as const)('what is wrong with %s is told in words', (_, read, text, told) => {
  expect(sayReading(faultOf(read, text), text, zh.ui)).toBe(told);
});
