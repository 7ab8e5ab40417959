import { readFileSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Row } from './work.ts';

const titles = [
  'work',
  'events',
  'consumers',
  'seconds',
  'baseline',
  'baseline_seconds',
  'ratio',
  'peak_mb',
  'disk_mb',
] as const;

/** Rows as a table of Markdown, aligned, that reads well in a terminal too. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [titles, ...rows.map((row) => titles.map((title) => cellOf(row[title])))];
  const widths = titles.map((_, column) => Math.max(...cells.map((each) => each[column]?.length ?? 0)));
  const isNumber = (column: number) => rows.every((row) => typeof row[titles[column] ?? 'work'] !== 'string');
  const lines = cells.map((each) =>
    each.map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | '),
  );
  const rule = widths.map((width, i) => (isNumber(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ');
  const [head = '', ...body] = lines;
  return [head, rule, ...body].map((line) => `| ${line} |`).join('\n');
}

function cellOf(value: string | number | null): string {
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: value < 1 ? 4 : 2 });
  return value ?? '';
}

/** What each row needs to be read rightly. */
export function notesOf(rows: readonly Row[]): string {
  return rows.map(({ work, note }) => `- ${work}: ${note}.`).join('\n');
}

/** A dated section for the file of results: the machine, the versions, the table. */
export function sectionOf(rows: readonly Row[], at: Date): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory} GiB`;
  const versions = `Node ${process.version}, chdb ${versionOf('chdb')}, DuckDB ${versionOf('@duckdb/node-api')}`;
  const title = `## ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${(rows[0]?.events ?? 0).toLocaleString('en')} events`;
  return `\n${title}\n\n${machine}; ${versions}.\n\n${tableOf(rows)}\n\n${notesOf(rows)}\n`;
}

/** The version of a package as installed. */
function versionOf(name: string): string {
  const root = new URL('../node_modules/', import.meta.url);
  const manifest = new URL(`${name}/package.json`, root);
  if (!statSync(manifest, { throwIfNoEntry: false })) return 'not installed';
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }).version);
}
