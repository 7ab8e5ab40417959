import type { Batch } from '../sources/read/batch.ts';
import { sql } from '../warehouse/sql.ts';
import type { Context } from './context.ts';
import { removeWhere } from './remove.ts';
import { seal, unseal } from './seal.ts';
import type { Refused } from './stage.ts';

/** Reason of a row about somebody who is not to be kept: nothing of it is. */
const SUPPRESSED = 'suppressed';
/** Days that the raw text of a reject is kept. */
const KEPT_DAYS = 30;

/** A row that could not be taken, with its text as it stood in the file. */
export interface Reject {
  readonly file: number;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly raw: string;
  readonly at: string;
}

/** Keeps what a batch could not give: lines that are no rows, and rows that could not be taken. */
export async function keepRejects(
  context: Context,
  file: number,
  batch: Batch,
  refused: readonly Refused[],
): Promise<number> {
  const rows = [
    ...batch.broken.map(({ line, reason, raw }) => ({ line, column: '', reason: reason as string, raw })),
    ...refused.map(({ line, why }) => {
      const [reason = '', column = ''] = why.split(':');
      return { line, column, reason, raw: reason === SUPPRESSED ? '' : batch.raw(recordOf(batch, line)) };
    }),
  ];
  if (rows.length === 0) return 0;
  const at = Math.floor(Date.parse(context.now()) / 1000);
  const lines = rows.map(({ raw, ...rest }) =>
    JSON.stringify({ file, ...rest, raw: raw === '' ? '' : seal(raw, context.keys.reject), at }),
  );
  await context.warehouse.insert({
    table: 'rejects',
    columns: ['file', 'line', 'column', 'reason', 'raw', 'at'],
    format: 'JSONEachRow',
    bytes: Buffer.from(lines.join('\n')),
  });
  return rows.length;
}

/** Position in the batch of the record that stands on a line. */
function recordOf({ lines }: Batch, line: number): number {
  if (typeof lines === 'number') return line - lines;
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rejects of these files, oldest first. The raw text is empty once it has gone. */
export async function listRejects(context: Context, files: readonly number[], limit: number): Promise<Reject[]> {
  if (files.length === 0) return [];
  const rows = await context.warehouse.rows<{
    file: number;
    line: number;
    column: string;
    reason: string;
    raw: string;
    at: string;
  }>(
    sql`SELECT file, line, column, reason, raw, at FROM rejects WHERE file IN ${[...files]} ORDER BY file, line LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    file: row.file,
    line: row.line,
    column: row.column,
    reason: row.reason,
    raw: row.raw === '' ? '' : unseal(row.raw, context.keys.reject),
    at: `${row.at.replace(' ', 'T')}Z`,
  }));
}

/** Rejects of a file that have not been replayed. */
export async function countRejects({ warehouse }: Context, file: number): Promise<number> {
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM rejects WHERE file = ${file}`);
  return row?.rows ?? 0;
}

/** Forgets rejects of a file from a line on: those a killed import may have kept twice. */
export async function forgetRejects(context: Context, file: number, afterLine: number): Promise<void> {
  await removeWhere(context.warehouse, 'rejects', sql`file = ${file} AND line > ${afterLine}`);
}

export async function dropReplayed(context: Context, file: number, lines: readonly number[]): Promise<void> {
  await context.warehouse.run(sql`DELETE FROM rejects WHERE file = ${file} AND line IN ${[...lines]}`);
}

/** The raw text of old rejects goes; that there was one stays. */
export async function forgetOldText(context: Context): Promise<void> {
  const before = Math.floor(Date.parse(context.now()) / 1000) - KEPT_DAYS * 86_400;
  const [row] = await context.warehouse.rows<{ old: number }>(
    sql`SELECT count() AS old FROM rejects WHERE at < toDateTime(${before}, 'UTC') AND raw != ''`,
  );
  if ((row?.old ?? 0) > 0)
    await context.warehouse.run(sql`ALTER TABLE rejects UPDATE raw = '' WHERE at < toDateTime(${before}, 'UTC')`);
}
