import { expect, test } from 'vitest';
import { boundText, literal } from './bound.ts';

test.each([
  ['a', "'a'"],
  ["it's", "'it\\'s'"],
  ['a\\', "'a\\\\'"],
  ["\\' OR 1=1 --", "'\\\\\\' OR 1=1 --'"],
  ['a\0b', "'a\\0b'"],
  ['千\n', "'千\n'"],
])('the text %j is the literal %s', (text, expected) => {
  expect(literal(text)).toBe(expected);
});

const forms: readonly [value: unknown, text: string][] = [
  ['a\tb\n\r\0\\', 'a\\tb\\n\\r\\0\\\\'],
  ["it's", "it's"],
  [null, '\\N'],
  [true, '1'],
  [false, '0'],
  [-1.5, '-1.5'],
  [Number.NaN, 'nan'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [2n ** 64n - 1n, '18446744073709551615'],
  [[], '[]'],
  [["it's", null, 1], "['it\\'s',NULL,1]"],
  [[['a'], []], "[['a'],[]]"],
];

test.each(forms.map(([value, text]) => ({ text, value })))('a value is bound as $text', ({ value, text }) => {
  expect(boundText(value)).toBe(text);
});

test('what has no bound form is refused', () => {
  expect(() => boundText({ a: 1 })).toThrow(/no bound form/);
});
