import { expect, test } from 'vitest';
import { type DataLanguage, readData, writeData } from './dataText.ts';

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
