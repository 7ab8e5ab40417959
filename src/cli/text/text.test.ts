import { expect, test } from 'vitest';
import { en } from './en.ts';
import { described } from './text.ts';
import { zh } from './zh.ts';

/** Every sentence of a language that is not made from parts, by its path. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

/** Words that are the same in both languages. */
const shared = ['SQL', 'JSON', 'RFM', 'FAST', 'B'];

test('Chinese says everything that English says, in Chinese', () => {
  const chinese = new Map(sentences(zh));
  const english = sentences(en);
  expect([...chinese.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  const untranslated = english.filter(
    ([path, text]) => chinese.get(path) === text && !shared.includes(text) && !/\.examples\.\d+\.0$/.test(path),
  );
  expect(untranslated).toEqual([]);
});

test('English has no Chinese in it', () => {
  expect(sentences(en).filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
});

test.each([
  ['day | 截至日', 'en', 'day'],
  ['day | 截至日', 'zh', '截至日'],
  ['day', 'zh', 'day'],
  [undefined, 'zh', ''],
] as const)('of %j a reader of %s sees %j', (description, locale, seen) => {
  expect(described(description, locale)).toBe(seen);
});
