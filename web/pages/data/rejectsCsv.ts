import type { RejectEntry } from '../../../src/api/data.ts';

const columns = ['file', 'file_id', 'line', 'column', 'reason', 'raw', 'at'] as const;

/** Rejects as a CSV to be mended in a table and read back: RFC 4180, with a byte order mark for Excel. */
export function rejectsCsv(rows: readonly RejectEntry[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((name) => fieldOf(String(row[name]))))];
  return `\ufeff${lines.map((line) => `${line.join(',')}\n`).join('')}`;
}

function fieldOf(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
