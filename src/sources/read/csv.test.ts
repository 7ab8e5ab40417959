import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read } from './reading.fixture.ts';
import { quoteReach } from './record.ts';

interface Row {
  readonly name: string;
  readonly text: string;
  readonly columns?: readonly string[];
  readonly records: readonly (readonly string[])[];
  readonly lines?: readonly number[];
  readonly broken?: readonly string[];
  readonly format?: string;
}

const longQuote = 'x'.repeat(quoteReach);

const table: Row[] = [
  {
    name: 'plain records pass through',
    text: 'a,b\n1,2\n3,4\n',
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
    lines: [2, 3],
    format: 'CSV',
  },
  {
    name: 'CRLF passes through',
    text: 'a,b\r\n1,2\r\n3,\r\n',
    records: [
      ['1', '2'],
      ['3', ''],
    ],
    format: 'CSV',
  },
  {
    name: 'the last record may lack its line end',
    text: 'a,b\n1,2\n3,4',
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  { name: 'a last record cut in half is broken', text: 'a,b\n1,2\n3', records: [['1', '2']], broken: ['3 fields 3'] },
  {
    name: 'a byte order mark is no part of the first name',
    text: '\ufeffa,b\n1,2\n',
    columns: ['a', 'b'],
    records: [['1', '2']],
  },
  {
    name: 'a byte order mark may stand before a quoted name',
    text: '\ufeff"a",b\n1,2\n',
    columns: ['a', 'b'],
    records: [['1', '2']],
  },
  {
    name: 'names are trimmed, made unique and filled in',
    text: ' a ,a,,a_2\n1,2,3,4\n',
    columns: ['a', 'a_2', 'column_3', 'a_2_2'],
    records: [['1', '2', '3', '4']],
  },
  {
    name: 'tabs delimit',
    text: 'a\tb,c\n1\t2,3\n',
    columns: ['a', 'b,c'],
    records: [['1', '2,3']],
    format: 'TabSeparated',
  },
  { name: 'tabs delimit beside backslashes and CRLF', text: 'a\tb\r\n1\t\\N\r\n', records: [['1', '\\N']] },
  {
    name: 'semicolons delimit beside decimal commas',
    text: 'a;b\n1,5;2,5\n3,5;4,5\n',
    columns: ['a', 'b'],
    records: [
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ],
    format: 'CSV',
  },
  {
    name: 'delimiters within quotes are no delimiters',
    text: 'a,b\n"1;2;3",4\n"5;6;7",8\n',
    columns: ['a', 'b'],
    records: [
      ['1;2;3', '4'],
      ['5;6;7', '8'],
    ],
  },
  {
    name: 'quotes hold delimiters, doubled quotes and line breaks',
    text: 'a,b\n"x,""y""","p\nq\r\nr\rs"\n1,2\n',
    records: [
      ['x,"y"', 'p\nq\r\nr\rs'],
      ['1', '2'],
    ],
    lines: [2, 5],
    format: 'TabSeparated',
  },
  { name: 'a quote within a field is a character', text: 'a,b\n5" screen,x"y"\n', records: [['5" screen', 'x"y"']] },
  { name: 'an empty quoted field is empty', text: 'a,b\n"",""\n', records: [['', '']] },
  { name: 'backslashes and NUL stay as they are', text: 'a,b\n"\\N\\t",c\0d\n', records: [['\\N\\t', 'c\0d']] },
  {
    name: 'a lone carriage return stays',
    text: 'a,b\n1\rx,2\n3,4\n',
    records: [
      ['1\rx', '2'],
      ['3', '4'],
    ],
    format: 'TabSeparated',
  },
  {
    name: 'a broken line in the middle is set aside',
    text: 'a,b\n1,2\n3,4,5\n6\n7,8\n',
    records: [
      ['1', '2'],
      ['7', '8'],
    ],
    lines: [2, 5],
    broken: ['3 fields 3,4,5', '4 fields 6'],
  },
  {
    name: 'blank lines count as lines only',
    text: 'a,b\n\n1,2\r\n\r\n3,4\n\n',
    records: [
      ['1', '2'],
      ['3', '4'],
    ],
    lines: [3, 5],
  },
  { name: 'blank lines are no records of one column', text: 'a\n\n1\n\n', records: [['1']], lines: [3] },
  {
    name: 'blank lines may stand before the header',
    text: '\n\r\na,b\n1,2\n',
    columns: ['a', 'b'],
    records: [['1', '2']],
    lines: [4],
  },
  {
    name: 'a quote that never closes breaks its own line only',
    text: 'a,b\n1,"2\n3,4\n5,6\n',
    records: [
      ['3', '4'],
      ['5', '6'],
    ],
    lines: [3, 4],
    broken: ['2 quotes 1,"2'],
  },
  {
    name: 'a quote that closes before other text breaks its own line only',
    text: 'a,b\n1,"2" x\n3,"4"\n',
    records: [['3', '4']],
    broken: ['2 quotes 1,"2" x'],
  },
  {
    name: 'a quote that never closes does not take the next quoted field',
    text: 'a,b\n1,"2\n3,"4"\n5,6\n',
    records: [
      ['3', '4'],
      ['5', '6'],
    ],
    broken: ['2 quotes 1,"2'],
  },
  {
    name: 'a quote closes within its reach',
    text: `a,b\n1,"${longQuote.slice(1)}"\n3,4\n`,
    records: [
      ['1', longQuote.slice(1)],
      ['3', '4'],
    ],
  },
  {
    name: 'a quote beyond its reach is none',
    text: `a,b\n1,"\n${longQuote},2"\n3,4\n`,
    records: [
      [longQuote, '2"'],
      ['3', '4'],
    ],
    broken: ['2 quotes 1,"'],
  },
  { name: 'a header alone has columns and no records', text: 'a,b', columns: ['a', 'b'], records: [] },
  { name: 'an empty file has neither', text: '', columns: [], records: [] },
  { name: 'a file of blank lines has neither', text: '\n\n', columns: [], records: [] },
];

describe('delimited text', () => {
  for (const row of table) {
    for (const batchBytes of [undefined, 1]) {
      test(`${row.name}${batchBytes === 1 ? ', in the smallest batches too' : ''}`, async () => {
        const reading = await read('events.csv', row.text, batchBytes === undefined ? {} : { batchBytes });
        expect(reading.records).toEqual(row.records);
        expect(reading.broken).toEqual(row.broken ?? []);
        if (row.columns !== undefined) expect(reading.source.columns).toEqual(row.columns);
        if (row.lines !== undefined) expect(reading.lines).toEqual(row.lines);
        if (row.format !== undefined && batchBytes === undefined) expect(reading.formats).toEqual([row.format]);
      });
    }
  }

  test('the raw text of a record is the record as it stands in the file', async () => {
    const plain = await read('a.csv', 'a,b\r\n1, 2\r\n3,4');
    expect(plain.raws).toEqual(['1, 2', '3,4']);
    const quoted = await read('a.csv', 'a,b\n"x\ny",2\n3,4\r\n');
    expect(quoted.raws).toEqual(['"x\ny",2', '3,4']);
  });

  test('the sample shows the first records', async () => {
    const { source } = await read('a.csv', 'a,b\n"x""",2\n3\n4,5\n');
    expect(source.sample).toEqual([
      ['x"', '2'],
      ['4', '5'],
    ]);
  });

  test('a delimiter that is told is not looked for', async () => {
    const { source } = await read('a.csv', 'a,b;c\n1,2;3\n', { delimiter: ';' });
    expect(source.columns).toEqual(['a,b', 'c']);
  });

  test('a first megabyte without a line end is refused', async () => {
    await expect(read('a.csv', 'x'.repeat((1 << 20) + 1))).rejects.toThrow(/no line end/);
  });

  test('batches of any size give the same records', async () => {
    const piece = fc.constantFrom('a', ',', '"', '""', '\n', '\r\n', '\r', '文', '\\', '\t', ',"', '",', '"\n', '\n"');
    const body = fc.array(piece, { maxLength: 40 }).map((pieces) => `x,y\n${pieces.join('')}`);
    await fc.assert(
      fc.asyncProperty(body, fc.integer({ min: 1, max: 30 }), async (text, batchBytes) => {
        const whole = await read('a.csv', text);
        const cut = await read('a.csv', text, { batchBytes });
        expect([cut.records, cut.lines, cut.raws, cut.broken]).toEqual([
          whole.records,
          whole.lines,
          whole.raws,
          whole.broken,
        ]);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  test('what a writer of RFC 4180 writes is what is read', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\t', '\\', '文', ' '), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, field), { maxLength: 6 }), async (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const { records, broken } = await read('a.csv', `x,y\r\n${text}`);
        expect(records).toEqual(rows);
        expect(broken).toEqual([]);
      }),
      { seed: 12, numRuns: 100 },
    );
  });
});
