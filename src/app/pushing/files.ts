import writeWorkbook, { type Cell } from 'write-excel-file/node';
import type { PushFileQuery } from '../../api/pushes.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { defused } from '../export/cells.ts';
import { outgoing } from './batches.ts';
import { surelyStanding } from './standing.ts';
import type { StoredPush } from './stored.ts';

/** Rows a workbook may hold here: each takes memory until the file is whole. */
const MOST_ROWS = 200_000;

/** One consumer's k-th values, a column an identifier, and what is to be done with them. */
interface FileRow extends Record<string, unknown> {
  readonly operation: string;
  readonly values: readonly string[];
}

/** Records to be uploaded by hand: those of a run, or all that is to stand at the platform. */
function recordsOf({ keys }: Context, push: StoredPush, { run, what }: Pick<PushFileQuery, 'run' | 'what'>): Fragment {
  const value = outgoing(keys.digest);
  if (what === 'all')
    return sql`SELECT 'add' AS operation, s.who AS who, concat(s.type, ':', s.form) AS identifier, v.value AS value
      FROM (${surelyStanding(push.id)}) AS s
      INNER JOIN (SELECT ident, form, max(${value}) AS value FROM push_log
        WHERE push = ${push.id} AND operation = 'add' AND state = 'delivered' GROUP BY ident, form) AS v
        ON v.ident = s.ident AND v.form = s.form`;
  const which =
    run === undefined
      ? sql`(SELECT max(run) FROM push_log WHERE push = ${push.id} AND operation != 'none')`
      : sql`${run}`;
  return sql`SELECT operation, who, concat(type, ':', form) AS identifier, ${value} AS value
    FROM push_log FINAL WHERE push = ${push.id} AND run = ${which} AND operation != 'none' AND state = 'delivered'`;
}

/** A row a consumer and operation; a consumer of two phones has two rows. */
function fileRows(
  context: Context,
  push: StoredPush,
  asked: Pick<PushFileQuery, 'run' | 'what'>,
): AsyncIterable<FileRow> {
  const identifiers = [...push.identifiers];
  return context.warehouse.stream<FileRow>(sql`SELECT operation, arrayMap(key -> mapped[key], ${identifiers}) AS values FROM (
    SELECT operation, who, place, CAST((groupArray(identifier), groupArray(value)), 'Map(String, String)') AS mapped FROM (
      SELECT operation, who, identifier, value, row_number() OVER (PARTITION BY operation, who, identifier ORDER BY value) AS place
      FROM (${recordsOf(context, push, asked)}) WHERE value != '')
    GROUP BY operation, who, place) ORDER BY operation DESC, values`);
}

const headOf = ({ identifiers }: StoredPush): string[] => [
  'operation',
  ...identifiers.map((each) => each.replace(':', '_')),
];
function cell(given: string): string {
  const text = defused(given);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The file as CSV. */
export async function* pushCsv(context: Context, push: StoredPush, asked: PushFileQuery): AsyncIterable<string> {
  yield `${headOf(push).join(',')}\n`;
  for await (const { operation, values } of fileRows(context, push, asked))
    yield `${[operation, ...values].map(cell).join(',')}\n`;
}

/** The file as XLSX; every cell is text. */
export async function pushWorkbook(context: Context, push: StoredPush, asked: PushFileQuery): Promise<Buffer> {
  const bold = (value: string): Cell => ({ value, fontWeight: 'bold' });
  const rows: Cell[][] = [headOf(push).map(bold)];
  for await (const { operation, values } of fileRows(context, push, asked)) {
    rows.push([operation, ...values].map((value): Cell => ({ value: defused(value), type: String })));
    if (rows.length > MOST_ROWS)
      throw new InputError('export_rows', say('export.rows', { most: MOST_ROWS, rows: rows.length }));
  }
  return writeWorkbook([{ sheet: 'audience', data: rows }]).toBuffer();
}
