import { expect, test } from 'vitest';
import { rejectsCsv } from './rejectsCsv.ts';

const row = { file: 'a.csv', file_id: 3, line: 7, column: 'paid_at', reason: 'time', at: '2026-07-15T00:00:00.000Z' };

test.each([
  ['a plain text', 'never', 'never'],
  ['a text with commas', 'W2,yesterday,5', '"W2,yesterday,5"'],
  ['a text with quotes', 'W2,"y"', '"W2,""y"""'],
  ['a text of two lines', 'a\nb', '"a\nb"'],
  ['a text that begins with a blank', ' a', '" a"'],
  ['a text that is forgotten', '', ''],
])('%s stands in its column as it came', (_, raw, cell) => {
  expect(rejectsCsv([{ ...row, raw }])).toBe(
    `\ufefffile,file_id,line,column,reason,raw,at\na.csv,3,7,paid_at,time,${cell},2026-07-15T00:00:00.000Z\n`,
  );
});
