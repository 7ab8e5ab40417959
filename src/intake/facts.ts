import { people } from '../identity/people.ts';
import { entities } from '../model/entities.ts';
import { as, empty, type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Context, StagedFile } from './context.ts';
import { removeFile, removeRows } from './remove.ts';
import { stageTable } from './stage.ts';

/** Rows a statement may hold in memory by key at once. */
const BUCKET_ROWS = 2_000_000;

/** Rows from which a file is worth several writers. */
const MANY_ROWS = 200_000;

const fateTable = (file: number): Fragment => id(`fate_${file}`);

/** What became of a file's rows. */
export interface Counts {
  readonly duplicate: number;
  readonly unidentified: number;
}

/** Puts the staged rows among the facts: repeated rows and rows of the same key that lose go to `<table>_past`. */
export async function putFacts(context: Context, file: StagedFile): Promise<Counts> {
  const { warehouse } = context;
  const table = entities[file.entity].table;
  await removeFacts(context, table, file.id);
  const { rows, duplicate, replaces } = (await hasKeys(context, file))
    ? await decideFates(context, file, table)
    : allNew;
  const fates = fateTable(file.id);
  if (rows > replaces)
    await insert(context, file, `${table}_past`, sql`line IN (SELECT line FROM ${fates} WHERE fate != 'replaces')`);
  if (replaces > 0) await retire(context, file, table);
  await insert(
    context,
    file,
    table,
    rows > replaces ? sql`line NOT IN (SELECT line FROM ${fates} WHERE fate != 'replaces')` : empty,
  );
  await warehouse.run(sql`DROP TABLE IF EXISTS ${fates} SYNC`);
  return { duplicate, unidentified: await unidentified(context, file) };
}

/** Takes a file's rows out and brings back what they had replaced. Safe to repeat, also after a kill half-way. */
export async function removeFacts(context: Context, table: string, file: number): Promise<void> {
  const { warehouse } = context;
  await removeFile(warehouse, table, file);
  await removeFile(warehouse, `${table}_past`, file);
  const past = id(`${table}_past`);
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${past}`);
  if ((row?.rows ?? 0) > 0) await settle(context, table);
}

/** A key that has a past stands among the facts exactly once: the first of events, the last of everything else. */
async function settle({ warehouse }: Context, table: string): Promise<void> {
  const past = id(`${table}_past`);
  const here = sql`SELECT key FROM ${id(table)} WHERE key IN (SELECT key FROM ${past})`;
  const returned = sql`SELECT key, file, line FROM ${id(table)} WHERE key IN (SELECT key FROM ${past})
    AND (key, file, line) IN (SELECT key, file, line FROM ${past})`;
  await removeRows(warehouse, [`${table}_past`], ['key', 'file', 'line'], returned);
  const order = table === 'events' ? sql`file, line` : sql`file DESC, line DESC`;
  const best = sql`SELECT * FROM ${past} WHERE key NOT IN (${here}) ORDER BY ${order} LIMIT 1 BY key`;
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM (${best})`);
  if ((row?.rows ?? 0) === 0) return;
  const columns = await columnsOf(warehouse, table);
  const current = columns.includes('consumer')
    ? sql`SELECT b.* REPLACE (p.consumer AS consumer) FROM (${best}) AS b LEFT JOIN (
        SELECT who, consumer FROM ${people} WHERE who IN (SELECT who FROM ${past})) AS p ON p.who = b.who`
    : best;
  const names = join(columns.map(id), ', ');
  await warehouse.run(sql`INSERT INTO ${id(table)} (${names}) SELECT ${names} FROM (${current})`);
  await removeRows(warehouse, [`${table}_past`], ['key', 'file', 'line'], returned);
}

async function columnsOf(warehouse: Context['warehouse'], table: string): Promise<string[]> {
  const rows = await warehouse.rows<{ name: string }>(
    sql`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ${table} ORDER BY position`,
  );
  return rows.map((row) => row.name);
}

/** Staged rows that are not simply new. */
interface Fates {
  readonly rows: number;
  readonly duplicate: number;
  readonly replaces: number;
}

const allNew: Fates = { rows: 0, duplicate: 0, replaces: 0 };

/** One row a staged row that is not simply new: it repeats one, loses to a later one of the file, or replaces one. */
async function decideFates({ warehouse }: Context, file: StagedFile, table: string): Promise<Fates> {
  const fates = fateTable(file.id);
  await warehouse.run(sql`DROP TABLE IF EXISTS ${fates} SYNC`);
  await warehouse.run(
    sql`CREATE TABLE ${fates} (line UInt64, fate LowCardinality(String)) ENGINE = MergeTree ORDER BY line`,
  );
  const rows = keyed(file);
  const [known] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${id(table)}`);
  const buckets = Math.ceil(file.rows / BUCKET_ROWS);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const part = sql`(SELECT line, key, body FROM ${rows} WHERE key != 0 AND key % ${buckets} = ${bucket})`;
    const wins =
      file.entity === 'events'
        ? sql`argMin(body, line) AS best, min(line) AS place`
        : sql`argMax(body, line) AS best, max(line) AS place`;
    await warehouse.run(sql`INSERT INTO ${fates} SELECT s.line, if(s.body = w.best, 'duplicate', 'loses') FROM ${part} AS s
      INNER JOIN (SELECT key, count() AS times, ${wins} FROM ${part} GROUP BY key HAVING times > 1) AS w ON w.key = s.key
      WHERE s.line != w.place`);
    if ((known?.rows ?? 0) === 0) continue;
    const fate = file.entity === 'events' ? sql`'duplicate'` : sql`if(s.body = t.body, 'duplicate', 'replaces')`;
    await warehouse.run(sql`INSERT INTO ${fates} SELECT s.line, ${fate} FROM ${part} AS s
      INNER JOIN (SELECT key, body FROM ${id(table)} WHERE key != 0 AND key % ${buckets} = ${bucket}
        AND key IN (SELECT key FROM ${part})) AS t ON t.key = s.key
      WHERE s.line NOT IN (SELECT line FROM ${fates})`);
  }
  const [told] = await warehouse.rows<{ rows: number; duplicate: number; replaces: number }>(
    sql`SELECT count() AS rows, countIf(fate = 'duplicate') AS duplicate, countIf(fate = 'replaces') AS replaces FROM ${fates}`,
  );
  return told ?? allNew;
}

async function hasKeys({ warehouse }: Context, file: StagedFile): Promise<boolean> {
  if (entities[file.entity].key.length === 0 || file.rows === 0) return false;
  if (!file.columns.includes('key')) return false;
  if (file.entity === 'orders') return true;
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM ${stageTable(file.id)} WHERE key != 0`,
  );
  return (row?.rows ?? 0) > 0;
}

/** The staged rows with their keys: a line of an order without a number is the n-th of its item in the order. */
function keyed(file: StagedFile): Fragment {
  const stage = stageTable(file.id);
  if (file.entity !== 'orders') return stage;
  const item = file.columns.includes('item_id') ? sql`item_id` : sql`''`;
  const line = file.columns.includes('line_id') ? sql`line_id` : sql`''`;
  return sql`(SELECT * REPLACE (reinterpretAsUInt128(sipHash128('orders', ${file.source}, order_id,
      if(${line} != '', concat('l', ${line}), concat('i', ${item}, ' ', toString(row_number() OVER (PARTITION BY order_id, ${item} ORDER BY line)))))) AS key)
    FROM ${stage})`;
}

/** Facts whose key a row of the file replaces become past. */
async function retire({ warehouse }: Context, file: StagedFile, table: string): Promise<void> {
  const keys = sql`SELECT key FROM ${keyed(file)} WHERE line IN (SELECT line FROM ${fateTable(file.id)} WHERE fate = 'replaces')`;
  const columns = join((await columnsOf(warehouse, table)).map(id), ', ');
  await warehouse.run(sql`INSERT INTO ${id(`${table}_past`)} (${columns})
    SELECT ${columns} FROM ${id(table)} WHERE key IN (${keys})`);
  const replaced = sql`SELECT key, file, line FROM ${id(table)} WHERE key IN (${keys}) AND file != ${file.id}`;
  await removeRows(warehouse, [table], ['key', 'file', 'line'], replaced);
}

/** Columns of a stage that are about its identifiers, not facts. */
const stageOnly = /^(idents$|ident_|norm_)/;

async function insert(context: Context, file: StagedFile, table: string, which: Fragment): Promise<void> {
  const { warehouse } = context;
  const names = [...file.columns.filter((name) => !stageOnly.test(name)), 'line'];
  const columns = join(names.map(id), ', ');
  const chosen = which === empty ? sql`1` : which;
  if (!file.columns.includes('who')) {
    await warehouse.run(sql`INSERT INTO ${id(table)} (${columns}, source, file)
      SELECT ${columns}, ${file.source}, ${as(file.id, 'UInt32')} FROM ${keyed(file)} WHERE ${chosen}`);
    return;
  }
  const [row] = await warehouse.rows<{ cards: number }>(
    sql`SELECT count() AS cards FROM cards WHERE file = ${file.id}`,
  );
  const buckets = Math.max(1, Math.ceil((row?.cards ?? 0) / BUCKET_ROWS));
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const here = buckets === 1 ? sql`1` : sql`who % ${buckets} = ${bucket}`;
    await warehouse.run(
      sql`INSERT INTO ${id(table)} (${columns}, source, file, consumer)
      SELECT ${join(
        names.map((name) => sql`s.${id(name)}`),
        ', ',
      )}, ${file.source}, ${as(file.id, 'UInt32')}, p.consumer
      FROM (SELECT * FROM ${keyed(file)} WHERE ${here} AND ${chosen}) AS s
      LEFT JOIN (SELECT who, consumer FROM ${people} WHERE ${here}
        AND who IN (SELECT who FROM cards WHERE file = ${file.id})) AS p ON p.who = s.who`,
      file.rows < MANY_ROWS ? {} : { writers: 2 },
    );
  }
}

/** Rows whose identifiers are all shared or blocked. */
async function unidentified({ warehouse }: Context, file: StagedFile): Promise<number> {
  const { table, personal } = entities[file.entity];
  if (!personal || file.headless) return 0;
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM ${id(table)} WHERE file = ${file.id} AND consumer = 0`,
  );
  return row?.rows ?? 0;
}
