import type { PushLogQuery, PushLogRow } from '../../api/pushes.ts';
import { InputError } from '../../base/errors.ts';
import { people, whosOf } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import type { Page } from '../page.ts';
import { deliveryKey } from './sending.ts';
import type { StoredPush } from './stored.ts';

export type LogFilter = Pick<PushLogQuery, 'run' | 'state' | 'consumer'>;

interface LogRow extends Record<string, unknown>, Omit<PushLogRow, 'consumer' | 'delivery'> {
  readonly who: string;
  readonly batch: number;
}

/** A page of what became of each record, the latest run first. */
export async function pushLog(
  context: Context,
  push: StoredPush,
  { limit, cursor, ...filter }: PushLogQuery,
): Promise<Page<PushLogRow>> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const rows = await logRows(context, push.id, filter, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = await withConsumers(context, push, page);
  return rows.length > limit && last ? { items, next: `${last.run}.${last.seq}` } : { items };
}

/** The log as CSV, page after page. */
export async function* pushLogCsv(context: Context, push: StoredPush, filter: LogFilter): AsyncIterable<string> {
  yield `${columns.join(',')}\n`;
  let after: Place | undefined;
  for (;;) {
    const rows = await logRows(context, push.id, filter, { after, limit: PAGE });
    const shown = await withConsumers(context, push, rows);
    yield shown.map((row) => `${columns.map((column) => cell(String(row[column]))).join(',')}\n`).join('');
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = { run: last.run, seq: last.seq };
  }
}

const PAGE = 10_000;
const columns = ['run', 'seq', 'consumer', 'operation', 'identifier', 'state', 'reason', 'at'] as const;
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

interface Place {
  readonly run: number;
  readonly seq: number;
}

function placeOf(cursor: string): Place {
  const [, run, seq] = /^(\d{1,9})\.(\d{1,10})$/.exec(cursor) ?? [];
  if (run !== undefined && seq !== undefined) return { run: Number(run), seq: Number(seq) };
  throw new InputError('cursor', 'The cursor is not one that this list gave: take `next` of the page before.');
}

function logRows(
  { warehouse }: Context,
  push: number,
  { run, state, consumer }: LogFilter,
  { after, limit }: { readonly after: Place | undefined; readonly limit: number },
): Promise<LogRow[]> {
  const tests: Fragment[] = [sql`push = ${push}`];
  if (run !== undefined) tests.push(sql`run = ${run}`);
  if (state !== undefined) tests.push(sql`state = ${state}`);
  if (consumer !== undefined) tests.push(sql`who IN ${whosOf(consumer)}`);
  if (after) tests.push(sql`(run < ${after.run} OR (run = ${after.run} AND seq > ${after.seq}))`);
  return warehouse.rows<LogRow>(sql`SELECT run, seq, toString(who) AS who, operation,
      if(type = '', '', concat(type, ':', form)) AS identifier, state, reason, batch,
      concat(formatDateTime(at, '%Y-%m-%dT%H:%i:%S', 'UTC'), '.', leftPad(toString(toUnixTimestamp64Milli(at) % 1000), 3, '0'), 'Z') AS at
    FROM (SELECT * FROM push_log FINAL WHERE ${join(tests, ' AND ')}) ORDER BY run DESC, seq LIMIT ${limit}`);
}

/** Rows with the consumers that their cards belong to now. */
async function withConsumers({ warehouse }: Context, push: StoredPush, rows: readonly LogRow[]): Promise<PushLogRow[]> {
  const cards = [...new Set(rows.map(({ who }) => who))];
  const found = await warehouse.rows<{ who: string; consumer: number }>(sql`SELECT toString(who) AS who, consumer
    FROM ${people} WHERE who IN (SELECT toUInt64(arrayJoin(${cards.length === 0 ? ['0'] : cards})))`);
  const consumers = new Map(found.map(({ who, consumer }) => [who, consumer]));
  return rows.map(({ who, batch, ...row }) => ({
    ...row,
    consumer: consumers.get(who) ?? 0,
    delivery: batch === 0 ? '' : deliveryKey(push, row.run, batch),
  }));
}
