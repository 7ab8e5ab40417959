import { Session } from 'chdb';
import { afterAll, describe, expect, test } from 'vitest';
import { openSource } from './open.ts';
import { withFile } from './reading.fixture.ts';

/** What the engine must be told so that it reads a batch as `Batch` states it. */
const settings = {
  format_csv_allow_single_quotes: 0,
  format_csv_allow_double_quotes: 0,
  input_format_csv_trim_whitespaces: 0,
  input_format_csv_empty_as_default: 0,
  input_format_csv_detect_header: 0,
  input_format_tsv_detect_header: 0,
  input_format_null_as_default: 0,
};

const session = new Session();
afterAll(() => session.close());

/** Loads a text by the readers and answers what the engine then holds, and the formats it came in. */
async function loaded(table: string, text: string): Promise<{ formats: string[]; rows: unknown[] }> {
  await session.queryAsync('CREATE DATABASE IF NOT EXISTS reading ENGINE = Atomic');
  await session.queryAsync(`CREATE TABLE reading.${table} (a String, b String) ENGINE = Memory`);
  const formats = new Set<string>();
  await withFile('a.csv', text, async (path) => {
    for await (const { format, bytes, delimiter } of (await openSource(path)).batches()) {
      formats.add(format);
      const separated = format === 'CSV' ? { ...settings, format_csv_delimiter: delimiter } : settings;
      await session.insert({ table: `reading.${table}`, values: bytes, format, settings: separated });
    }
  });
  const answer = await session.queryAsync(`SELECT a, b FROM reading.${table}`, { format: 'JSONCompactEachRow' });
  const lines = answer
    .text()
    .split('\n')
    .filter((line) => line !== '');
  return { formats: [...formats], rows: lines.map((line) => JSON.parse(line) as unknown) };
}

const records: readonly (readonly [string, string])[] = [
  ['a', 'b'],
  ['', ''],
  ['\\N', 'NULL'],
  [' x ', "'y'"],
  ["'", 'tab\tbed '],
  ['C:\\new', '\\'],
  ['上海', '🙂'],
  ['0012', '1e5'],
];

describe('batches in the engine', () => {
  const rows: [string, string, string, string, string][] = [
    ['plain', 'CSV', ',', '', '\n'],
    ['crlf', 'CSV', ',', '', '\r\n'],
    ['semicolons', 'CSV', ';', '', '\n'],
    ['quoted', 'TabSeparated', ',', '"', '\n'],
    ['quoted_tabs', 'TabSeparated', '\t', '"', '\r\n'],
  ];
  test.each(rows)(
    'records written %s arrive as %s, the same to the letter',
    async (name, format, delimiter, quote, end) => {
      const line = (record: readonly string[]) =>
        record.map((field) => `${quote}${field}${quote}`).join(delimiter) + end;
      const text = `x${delimiter}y${end}${records.map(line).join('')}`;
      expect(await loaded(name, text)).toEqual({ formats: [format], rows: records });
    },
  );

  test('tabs without quotes pass through', async () => {
    const text = 'x\ty\na\tb\n 1 \t\n上海\t"\n'.replace('"', "'");
    expect(await loaded('tabs', text)).toEqual({
      formats: ['TabSeparated'],
      rows: [
        ['a', 'b'],
        [' 1 ', ''],
        ['上海', "'"],
      ],
    });
  });

  test('line breaks, NUL and doubled quotes arrive through quotes', async () => {
    expect((await loaded('breaks', 'x,y\n"p\nq\r\nr\rs","say ""hi"""\n"a\0b",\n')).rows).toEqual([
      ['p\nq\r\nr\rs', 'say "hi"'],
      ['a\0b', ''],
    ]);
  });
});
