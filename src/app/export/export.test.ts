import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { xlsxSource } from '../../sources/read/xlsx.ts';
import { openBook } from '../../sources/read/xlsx-book.ts';
import type { ShelfEntry, ShownColumn } from '../answers/shelf.ts';
import type { Answer } from '../reports.ts';
import { cellOf, defused } from './cells.ts';
import { fileOf } from './file.ts';
import { figureSheet } from './xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

const column = (id: string, kind: ShownColumn['kind'], zh = id): ShownColumn => ({ id, kind, title: { zh, en: id } });

const entry: ShelfEntry = {
  id: 'sales',
  title: { zh: '销售', en: 'Sales' },
  question: { zh: '卖了多少？', en: 'How much was sold?' },
  origin: 'proposed',
  params: {},
  chart: { kind: 'table' },
  columns: [
    column('date', 'day', '日期'),
    { ...column('stage', 'text', '阶段'), words: { A: { zh: 'A 认知', en: 'A Aware' } } },
    column('consumers', 'count', '消费者'),
    column('rate', 'rate', '率'),
    column('amount', 'money', '净额'),
  ],
};

const answer: Answer = {
  analysis: 'sales',
  params: { from: '2025-11-01', to: '2025-11-11', category: '../../=cmd|x"\r\nX: y' },
  rows: [
    { date: '2025-11-01', stage: 'A', consumers: 1200, rate: 0.25, amount: -12.5 },
    { date: '2025-11-02', stage: '=HYPERLINK("http://x")', consumers: 0, rate: null, amount: 0 },
  ],
  as_of: '2025-11-12T00:00:00.000Z',
  rules: 'default@1',
  sql: 'SELECT 1\n-- with\n--   p1 = "=x"',
  ms: 1,
};

async function textOf(body: ReadableStream<Uint8Array> | Buffer): Promise<string> {
  const text = Buffer.from(await new Response(body instanceof Buffer ? new Uint8Array(body) : body).arrayBuffer());
  return text.toString('utf8');
}

describe('a text cell that would begin a formula is defused:', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+86 138', "'+86 138"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ['', ''],
  ])('%j', (given, shown) => {
    expect(defused(given)).toBe(shown);
  });

  test('a number stays a number, a word of the product hides no formula', () => {
    expect(cellOf(-2, column('n', 'number'), 'zh')).toBe(-2);
    expect(cellOf('constructor', entry.columns[1] ?? column('', 'text'), 'zh')).toBe('constructor');
    expect(cellOf('A', entry.columns[1] ?? column('', 'text'), 'ids')).toBe('A');
  });
});

test('CSV opens in Excel: BOM, titles and words of the language, numbers as they are', async () => {
  const { name, type, body } = await fileOf(entry, answer, 'csv', 'zh');
  expect([name, type]).toEqual(['sales-2025-11-01-2025-11-11.csv', 'text/csv; charset=utf-8']);
  const bytes = new Uint8Array(await new Response(body instanceof Buffer ? null : body).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe(
    '日期,阶段,消费者,率,净额\r\n2025-11-01,A 认知,1200,0.25,-12.5\r\n2025-11-02,"\'=HYPERLINK(""http://x"")",0,,0\r\n',
  );
});

test('CSV by ids is for programs: ids of columns, values of the data', async () => {
  const { body } = await fileOf(entry, answer, 'csv', 'ids');
  expect((await textOf(body)).split('\r\n').slice(0, 2)).toEqual([
    '\uFEFFdate,stage,consumers,rate,amount',
    '2025-11-01,A,1200,0.25,-12.5',
  ]);
});

test('JSON Lines are the rows as they are, all of them however many', async () => {
  const rows = Array.from({ length: 1203 }, (_, n) => ({ n, text: '=x' }));
  const { body } = await fileOf(entry, { ...answer, rows }, 'jsonl', 'zh');
  const lines = (await textOf(body)).trimEnd().split('\n');
  expect(lines.length).toBe(1203);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ n: 1202, text: '=x' });
});

test('a workbook holds the figures in their formats and, on a second sheet, what they are', async () => {
  const { body } = await fileOf(entry, answer, 'xlsx', 'en');
  const path = join(folder, 'sales.xlsx');
  const bytes = body as Buffer;
  writeFileSync(path, bytes);
  const source = await xlsxSource(path, bytes.length, 1 << 20);
  expect(source.columns).toEqual(['date', 'stage', 'consumers', 'rate', 'amount']);
  expect(source.sample[0]).toEqual(['2025-11-01', 'A Aware', '1200', '0.25', '-12.5']);
  expect(source.sample[1]?.slice(0, 4)).toEqual(['2025-11-02', '\'=HYPERLINK("http://x")', '0', '']);
  const book = await openBook(path);
  const xml: string[] = [];
  for (const part of book.sheets) {
    let text = '';
    for await (const piece of book.part(part)) text += piece.toString();
    xml.push(text);
  }
  book.close();
  expect(xml.length).toBe(2);
  expect(xml[0]).toContain('state="frozen"');
  expect(xml.join('')).not.toMatch(/<f[ >]/);
});

test('a cell of a workbook has the format of its row where rows differ in unit', () => {
  const value = {
    ...column('value', 'number'),
    kindBy: { column: 'metric', kinds: { F: 'count', A: 'rate' } as const },
  };
  const rows = [
    { metric: 'F', value: 12 },
    { metric: 'A', value: 0.25 },
    { metric: 'X', value: 0.25 },
  ];
  const { data } = figureSheet({ name: 'fast', columns: [column('metric', 'text'), value], rows }, 'en');
  expect((data as Array<Array<{ format?: string }>>).slice(1).map((row) => row[1]?.format)).toEqual([
    '#,##0',
    '0.0%',
    '#,##0.####',
  ]);
});

test('a workbook of too many rows is refused with what to take instead', async () => {
  const rows = Array.from({ length: 200_001 }, () => ({ consumers: 1 }));
  await expect(fileOf(entry, { ...answer, rows }, 'xlsx', 'en')).rejects.toMatchObject({ code: 'export_rows' });
});
