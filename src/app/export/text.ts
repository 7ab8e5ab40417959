import type { Row } from '../../warehouse/warehouse.ts';
import type { ShownColumn } from '../answers/shelf.ts';
import { cellOf, defused, headerOf, type Wording } from './cells.ts';

/** By this Excel knows that a file is UTF-8. */
const BOM = '\uFEFF';

/** Rows to a piece of text. */
const PIECE = 500;

/** RFC 4180: a field with a comma, a quote, a line break or outer blanks is quoted, a quote doubled. */
function field(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function* pieces<R>(rows: Iterable<R>, line: (row: R) => string): Generator<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(line(row));
    if (lines.length < PIECE) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

/** Rows as CSV for a spreadsheet, piece by piece. */
export function* csvOf(columns: readonly ShownColumn[], rows: Iterable<Row>, wording: Wording): Generator<string> {
  const header = columns.map((column) => field(defused(headerOf(column, wording))));
  yield `${BOM}${header.join(',')}\r\n`;
  yield* pieces(rows, (row) => {
    const cells = columns.map((column) => field(cellOf(row[column.id], column, wording)));
    return `${cells.join(',')}\r\n`;
  });
}

/** Rows as JSON Lines, as they are, piece by piece. */
export function jsonLinesOf(rows: Iterable<Row>): Generator<string> {
  return pieces(rows, (row) => `${JSON.stringify(row)}\n`);
}

/** Numbers of consumers as CSV, page after page. */
export function* consumersCsv(pages: Iterable<Iterable<number>>, wording: Wording): Generator<string> {
  const title = { zh: '消费者编号', en: 'Consumer', ids: 'consumer' }[wording];
  yield `${BOM}${title}\r\n`;
  for (const page of pages) yield* pieces(page, (consumer) => `${consumer}\r\n`);
}
