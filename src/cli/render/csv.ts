import type { Row } from '../product.ts';

/** RFC 4180: a field with a comma, a quote, a line break or outer blanks is quoted, a quote doubled. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV under the columns' ids; values as they are, so that the file can be read back. */
export function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((id) => row[id]))];
  return lines.map((line) => `${line.map(field).join(',')}\n`).join('');
}
