import type { MemberIdentifier } from '../../../src/api/audiences.ts';

/** A cell that a spreadsheet takes as text, never as a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Members with their identifiers as CSV with a mark of UTF-8, for spreadsheets. */
export function membersCsv(members: readonly MemberIdentifier[], heads: readonly string[]): string {
  const lines = members.map(({ consumer, type, value }) => [String(consumer), type, value]);
  return `\uFEFF${[heads, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
