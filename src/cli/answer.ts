import type { Row } from './product.ts';
import { csv } from './render/csv.ts';
import { type Column, type Kind, table } from './render/table.ts';
import type { Session } from './session.ts';
import type { Texts } from './text/text.ts';

/** An answer in the three forms it can be printed in. */
export interface Shown {
  /** For programs. */
  readonly json: unknown;
  /** For spreadsheets: the rows under the ids of their columns. */
  readonly csv: { readonly columns: readonly string[]; readonly rows: readonly Row[] };
  /** For readers; made only when asked for. */
  table(): string | Promise<string>;
}

/** Prints an answer in the form this call asked for. */
export async function show(session: Session, answer: Shown): Promise<void> {
  const format = session.format();
  const { stdout } = session.io;
  if (format === 'json') stdout.write(`${JSON.stringify(answer.json)}\n`);
  else if (format === 'csv') stdout.write(csv(answer.csv.columns, answer.csv.rows));
  else stdout.write(await answer.table());
}

/** Columns titled in the reader's language. */
export function titled(
  text: Texts,
  ids: readonly (keyof Texts['columns'])[],
  kinds: Readonly<Record<string, Kind>> = {},
): Column[] {
  return ids.map((id) => ({ id, title: text.columns[id], kind: kinds[id] ?? 'auto' }));
}

/** A table, or a sentence where it would be empty. */
export function listed(session: Session, columns: readonly Column[], rows: readonly Row[]): string {
  return rows.length === 0 ? `${session.text.none}\n` : table(columns, rows, session.paint);
}

/** Prints rows as they are: an array, a CSV, a table. */
export async function showRows(session: Session, columns: readonly Column[], rows: readonly Row[]): Promise<void> {
  await show(session, {
    json: rows,
    csv: { columns: columns.map(({ id }) => id), rows },
    table: () => listed(session, columns, rows),
  });
}
