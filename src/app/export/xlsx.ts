import writeWorkbook, { type Cell, type Sheet, type SheetData } from 'write-excel-file/node';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Locale } from '../../base/text.ts';
import { kindIn, type ShelfEntry, type ShownColumn } from '../answers/shelf.ts';
import type { Answer } from '../reports.ts';
import { cellOf, defused, headerOf, type Wording } from './cells.ts';

/** Rows a workbook may hold here: each takes memory until the file is whole. */
const MOST_ROWS = 200_000;

const formats: Readonly<Partial<Record<ShownColumn['kind'], string>>> = {
  count: '#,##0',
  number: '#,##0.####',
  rate: '0.0%',
  money: '#,##0.00',
};

const widths: Readonly<Record<ShownColumn['kind'], number>> = {
  text: 24,
  day: 12,
  count: 14,
  number: 14,
  rate: 10,
  money: 16,
};

/** What one sheet of figures holds. */
export interface Figures {
  readonly name: string;
  readonly columns: readonly ShownColumn[];
  readonly rows: Answer['rows'];
}

/** A sheet of figures under a header that stays in sight. */
export function figureSheet({ name, columns, rows }: Figures, wording: Wording): Sheet<Buffer> {
  if (rows.length > MOST_ROWS)
    throw new InputError('export_rows', say('export.rows', { most: MOST_ROWS, rows: rows.length }));
  const header = columns.map((column): Cell => ({ value: defused(headerOf(column, wording)), fontWeight: 'bold' }));
  const body = rows.map((row) => columns.map((column) => styled(row[column.id], column, kindIn(column, row), wording)));
  return {
    sheet: sheetName(name),
    data: [header, ...body],
    columns: columns.map(({ kind }) => ({ width: widths[kind] })),
    stickyRowsCount: 1,
  };
}

function styled(value: unknown, column: ShownColumn, kind: ShownColumn['kind'], wording: Wording): Cell {
  const cell = cellOf(value, column, wording);
  if (cell === null) return null;
  if (kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(String(cell)))
    return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  if (typeof cell === 'string') return { value: cell, type: String };
  const format = formats[kind];
  return { value: cell, type: Number, ...(format ? { format } : {}) };
}

const says = {
  question: { zh: '问题', en: 'Question' },
  params: { zh: '参数', en: 'Parameters' },
  origin: { zh: '口径来源', en: 'Origin of the definition' },
  rules: { zh: '规则集', en: 'Rule set' },
  asOf: { zh: '数据截至（UTC）', en: 'Data as of (UTC)' },
  sheet: { zh: '说明', en: 'About' },
  origins: {
    published: { zh: '公开口径', en: 'published' },
    tenant: { zh: '自定口径', en: 'set by the workspace' },
    proposed: { zh: '自拟口径', en: 'proposed' },
  },
} as const;

/** What the figures are: question, parameters, origin, rules, data, SQL. */
export function aboutSheet(entry: ShelfEntry, answer: Answer, locale: Locale): Sheet<Buffer> {
  const line = (name: { readonly [L in Locale]: string }, value: string): SheetData[number] => [
    { value: name[locale], fontWeight: 'bold' },
    { value: defused(value), type: String },
  ];
  const params = Object.entries(answer.params).filter(([, value]) => value !== undefined);
  return {
    sheet: says.sheet[locale],
    columns: [{ width: 24 }, { width: 100 }],
    data: [
      [{ value: entry.title[locale], fontWeight: 'bold' }],
      line(says.question, entry.question[locale]),
      ...params.map(([name, value]) => line(says.params, `${name} = ${[value].flat().join(', ')}`)),
      line(says.origin, says.origins[entry.origin][locale]),
      line(says.rules, answer.rules),
      line(says.asOf, answer.as_of),
      ...answer.sql.split('\n').map((text, i) => line(i === 0 ? { zh: 'SQL', en: 'SQL' } : { zh: '', en: '' }, text)),
    ],
  };
}

/** The file of a workbook. */
export function workbook(sheets: readonly Sheet<Buffer>[]): Promise<Buffer> {
  return writeWorkbook([...sheets]).toBuffer();
}

/** Note: a sheet's name holds at most 31 characters and none of these. */
function sheetName(name: string): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
}
