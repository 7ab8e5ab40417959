import { describe, expect, test } from 'vitest';
import { readJson, writeJson } from './json.ts';

describe('JSON of clients', () => {
  test.each<[string, string, unknown]>([
    ['a byte order mark is no fault', '\ufeff{"a":1}', { a: 1 }],
    ['the largest safe number is a number', '[9007199254740991]', [9007199254740991]],
    ['the next one is text', '[9007199254740992,-9007199254740993]', ['9007199254740992', '-9007199254740993']],
    ['at the end, alone and after spaces', '12345678901234567890 ', '12345678901234567890'],
    ['fractions and exponents stay numbers', '[1234567890123456.5,1e20,1.25e3]', [1234567890123456.5, 1e20, 1250]],
    [
      'digits in a text are left',
      '{"a":"\\"id\\": 12345678901234567,","b":1}',
      { a: '"id": 12345678901234567,', b: 1 },
    ],
    ['a text may end in a backslash', '["\\\\",12345678901234567]', ['\\', '12345678901234567']],
    [
      'a name of digits is a name',
      '{"12345678901234567":12345678901234567}',
      { '12345678901234567': '12345678901234567' },
    ],
    ['half a document is none', '{"a":12345678901234567', undefined],
    ['an empty text is none', '', undefined],
    ['half a character is kept', '"\\ud83d"', '\ud83d'],
  ])('%s', (_, text, expected) => {
    expect(readJson(text)).toEqual(expected);
  });

  test('nesting that cannot be written is written as nothing', () => {
    const depth = 200_000;
    expect(writeJson(readJson('['.repeat(depth) + ']'.repeat(depth)))).toBe('');
  });
});
