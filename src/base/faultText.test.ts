import { expect, test } from 'vitest';
import { faultText } from './faultText.ts';

test.each([
  ["Cannot parse string 'mei' as UInt32", "Error: Cannot parse string '…' as UInt32"],
  ['no consumer 13800001234 here', 'Error: no consumer … here'],
  ['no consumer 138 0000 1234 here', 'Error: no consumer … here'],
  ['mail to mei.li@brand.example, please', 'Error: mail to …, please'],
  [`key qk_${'a1'.repeat(20)} refused`, 'Error: key … refused'],
  ['Code: 241, line 3 of 2026', 'Error: Code: 241, line 3 of 2026'],
  ['x\n    at 13800001234 (forged.ts:1:1)', 'Error: x at … (forged.ts:1:1)'],
  ['first\nerror forged a line', 'Error: first error forged a line'],
  [
    "Code: 376. DB::Exception: Cannot parse uuid wx_mei: In scope SELECT f('wx_mei'). (CANNOT_PARSE_UUID)\n  in: SELECT f({p1:String})",
    'Error: the warehouse’s engine, Code: 376 (CANNOT_PARSE_UUID) in: SELECT f({p1:String})',
  ],
  [
    'Cannot parse uuid wx_mei\n  in: SELECT f({p1:String})',
    'Error: the warehouse’s engine, Code unknown in: SELECT f({p1:String})',
  ],
  ['Code: 6. DB::Exception: Cannot parse wx_mei', 'Error: the warehouse’s engine, Code: 6'],
])('%j is logged as %j', (message, logged) => {
  expect(faultText(new Error(message)).split(' | ', 1)).toEqual([logged]);
});

test('where it happened stays, on the same line', () => {
  const text = faultText(new Error('x'));
  expect(text).toMatch(/^Error: x \| at .*faultText\.test\.ts:\d+:\d+/);
  expect(text).not.toContain('\n');
});

test('a property that was missed is named', () => {
  expect(faultText(new TypeError("Cannot read properties of undefined (reading 'rows')"))).toContain("'rows'");
});

test('what is no error is masked too', () => {
  expect(faultText('13800001234')).toBe('…');
});
