import { expect, test } from 'vitest';
import { readRule } from './readRule.ts';

const rule = { all: [{ bought: { window: { days: 30 } } }] };

test.each([
  ['JSON', JSON.stringify(rule), rule],
  ['YAML', 'all:\n  - bought: { window: { days: 30 } }\n', rule],
  ['broken JSON', '{"all": [', undefined],
  ['a list', '[1]', undefined],
  ['words', 'a text from elsewhere', undefined],
  ['an object of two keys', '{"all": [], "any": []}', undefined],
  ['nothing', '', undefined],
])('%s', async (_name, text, expected) => {
  expect(await readRule(text)).toEqual(expected);
});
