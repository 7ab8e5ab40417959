import type { Batch, Broken } from './batch.ts';
import { fieldText } from './tab-separated.ts';

/** Records of a file whose cells come as text, one by one. */
export interface TextRows {
  readonly columns: readonly string[];
  /** Cells of each record, as many as there are columns. */
  readonly rows: readonly (readonly string[])[];
  readonly lines: number | Uint32Array;
  readonly broken: readonly Broken[];
  readonly position: number;
}

/** A batch of records whose cells came as text; their raw text is JSON. */
export function rowBatch({ columns, rows, lines, broken, position }: TextRows): Batch {
  return {
    format: 'TabSeparated',
    delimiter: '\t',
    bytes: Buffer.from(rows.map((row) => `${row.map(fieldText).join('\t')}\n`).join('')),
    rows: rows.length,
    columns,
    lines,
    raw: (i) => rowJson(columns, rows[i] ?? []),
    broken,
    position,
  };
}

/** A record as JSON text: cells beyond the columns are named by their place. */
export function rowJson(columns: readonly string[], row: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(row.map((text, i) => [columns[i] ?? `column_${i + 1}`, text])));
}

/** Bytes that a record takes in a batch, nearly: enough to know when a batch is full. */
export function rowSize(row: readonly string[]): number {
  return row.reduce((bytes, text) => bytes + text.length + 1, 0);
}
