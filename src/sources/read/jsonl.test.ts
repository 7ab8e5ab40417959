import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFields } from './json-fields.ts';
import { read } from './reading.fixture.ts';

const values: [string, string, string][] = [
  ['a string', '"x y"', 'x y'],
  ['a string with escapes', '"\\u4e0a\\n\\"\\\\"', '上\n"\\'],
  ['a 19-digit id', '1234567890123456789', '1234567890123456789'],
  ['a price as written', '12.50', '12.50'],
  ['a number with an exponent', '-1.5e3', '-1.5e3'],
  ['digits in a string', '"0012345678901234567"', '0012345678901234567'],
  ['true', 'true', 'true'],
  ['false', 'false', 'false'],
  ['null', 'null', ''],
  ['a list of scalars', '[ "a", 12345678901234567890, null, true ]', 'a|12345678901234567890||true'],
  ['an empty list', '[]', ''],
  ['a list of lists', '[[1],[2]]', '[[1],[2]]'],
  ['an object within', '{"a": {"b": "}"}, "n": 12345678901234567890}', '{"a": {"b": "}"}, "n": 12345678901234567890}'],
];

describe('JSON Lines', () => {
  test.each(values)('%s becomes text', (_, json, text) => {
    expect(jsonFields(` {"before": 1 , "k" : ${json} ,"after":2} `)).toEqual(
      new Map([
        ['before', '1'],
        ['k', text],
        ['after', '2'],
      ]),
    );
  });

  test('what is no object has no fields', () => {
    for (const line of ['', '1', '[1]', 'null', '{', '{"a":1}x', '{"a":01}']) expect(jsonFields(line)).toBeUndefined();
  });

  test('any object of strings is read as it was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (object) => {
        expect(jsonFields(JSON.stringify(object))).toEqual(new Map(Object.entries(object)));
      }),
      { seed: 13, numRuns: 300 },
    );
  });

  test('keys become columns as they appear, and a row without one has it empty', async () => {
    const { source, records } = await read('events.txt', '{"a":1,"b":"x\\ty"}\n{"c":3,"a":2}\n{}\n');
    expect([source.format, source.columns]).toEqual(['jsonl', ['a', 'b', 'c']]);
    expect(records).toEqual([
      ['1', 'x\ty', ''],
      ['2', '', '3'],
      ['', '', ''],
    ]);
  });

  test('a key beyond the sample joins the columns of later batches', async () => {
    const early = '{"a":1}\n'.repeat(200_000);
    const { source, records } = await read('a.jsonl', `${early}{"b":2}`, { batchBytes: 1 << 20 });
    expect(source.columns).toEqual(['a']);
    expect([records[0], records.at(-1)]).toEqual([['1'], ['', '2']]);
  });

  test('lines that are no objects are broken, and blank ones count as lines only', async () => {
    const text = '\ufeff{"a":1}\r\n\n[1]\n{"a":\n{"a":2}';
    for (const batchBytes of [1, 1 << 20]) {
      const reading = await read('a.jsonl', text, { batchBytes });
      expect([reading.records, reading.lines, reading.raws]).toEqual([
        [['1'], ['2']],
        [1, 5],
        ['{"a":1}', '{"a":2}'],
      ]);
      expect(reading.broken).toEqual(['3 json [1]', '4 json {"a":']);
    }
  });
});
