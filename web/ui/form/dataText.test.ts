import { expect, test } from 'vitest';
import { type DataLanguage, readData, turnText, writeData } from './dataText.ts';

const rule = { any: [{ stage: { in: ['L'] } }, { tag: { name: 'taste', in: ['茶: 绿', '1'] } }] };

test.each<[DataLanguage, string]>([
  ['JSON', '"any": ['],
  ['YAML', 'any:\n  - stage:'],
])('%s says what the data say, and gives them back', async (language, part) => {
  const text = await writeData(rule, language);
  expect(text).toContain(part);
  expect(await readData(text, language)).toEqual(rule);
});

test.each<[DataLanguage, string]>([
  ['JSON', '{"any": ['],
  ['YAML', 'any: [1'],
])('half a text of %s is refused', async (language, text) => {
  await expect(readData(text, language)).rejects.toThrow();
});

const yaml = 'any:\n  - stage:\n      in:\n        - L\n';
const json = '{"any": [{"stage": {"in": ["L"]}}]}';

test.each<[string, string, DataLanguage, DataLanguage, string]>([
  ['what is typed is written in the other', json, 'JSON', 'YAML', yaml],
  ['and back', yaml, 'YAML', 'JSON', JSON.stringify(JSON.parse(json), null, 2)],
  ['what was pasted under the wrong one stays', yaml, 'JSON', 'YAML', yaml],
  ['nothing stays nothing', ' \n', 'JSON', 'YAML', ' \n'],
  ['nothing stays nothing', '', 'YAML', 'JSON', ''],
])('turned into another language: %s', async (_, text, from, to, turned) => {
  expect(await turnText(text, from, to)).toBe(turned);
});

test('a text that neither language reads is refused with the fault of its own', async () => {
  await expect(turnText('{"any": [', 'JSON', 'YAML')).rejects.toThrow(SyntaxError);
});
