import { expect, test } from 'vitest';
import { membersCsv } from './membersCsv.ts';

const heads = ['消费者', '标识类型', '标识'];

test.each([
  ['nobody', [], '\uFEFF消费者,标识类型,标识\r\n'],
  [
    'commas and quotes stand in quotes',
    [{ consumer: 7, type: 'user', value: 'a,"b"' }],
    '\uFEFF消费者,标识类型,标识\r\n7,user,"a,""b"""\r\n',
  ],
  [
    'what a spreadsheet would count is text',
    [{ consumer: 7, type: 'user', value: '=1+1' }],
    "\uFEFF消费者,标识类型,标识\r\n7,user,'=1+1\r\n",
  ],
])('%s', (_name, members, csv) => {
  expect(membersCsv(members, heads)).toBe(csv);
});
