import { expect, test } from 'vitest';
import { partsOf } from './parts.ts';

test.each([
  ['近期有过「加购」', [], ['近期有过「加购」']],
  ['近期有过「spin」', ['spin'], ['近期有过「', '*spin', '」']],
  ['Tag “a” is “a”', ['a', 'a'], ['Tag “', '*a', '” is “', '*a', '”']],
  ['标签「size」为「m」', ['size', 'm'], ['标签「', '*size', '」为「', '*m', '」']],
  ['a sentence without it', ['it'], ['a sentence without it']],
])('%s with %j falls into %j', (sentence, data, parts) => {
  expect(partsOf(sentence, data).map(({ text, isData }) => `${isData ? '*' : ''}${text}`)).toEqual(parts);
});
