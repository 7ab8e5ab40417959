import { UnavailableError } from '../base/errors.ts';
import type { Compiled, IdColumn } from '../sources/compile.ts';
import type { Batch } from '../sources/read/batch.ts';
import { Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { isPersonal, type Keys, keepPersonal } from './identifiers.ts';

/** A row that could not be taken, found by the engine: which record of the batch, and why (`reason:column`). */
export interface Refused {
  readonly line: number;
  readonly why: string;
}

export interface Staged {
  readonly accepted: number;
  readonly refused: readonly Refused[];
}

export const stageTable = (file: number): Fragment => id(`stage_${file}`);

/** Rows of one file on their way in: turned into rows of the contract, not yet given to consumers. One part a batch. */
export async function createStage(warehouse: Warehouse, file: number, compiled: Compiled, keys: Keys): Promise<void> {
  const columns = [
    ...compiled.stored.map(({ name, type }) => sql`${id(name)} ${new Fragment([type])}`),
    ...plainIds(compiled, keys).map((each) => sql`${id(each.number)} UInt64, ${id(each.value)} String`),
  ];
  await warehouse.run(sql`CREATE TABLE IF NOT EXISTS ${stageTable(file)} (${join(columns, ', ')}, line UInt64, batch UInt32)
    ENGINE = MergeTree PARTITION BY batch ORDER BY tuple()`);
}

/** Identifiers whose values may be staged as they are. */
function plainIds(compiled: Compiled, keys: Keys): IdColumn[] {
  return compiled.ids.filter((each) => !isPersonal(keys, each.type));
}

export async function dropStage(warehouse: Warehouse, file: number): Promise<void> {
  await warehouse.run(sql`DROP TABLE IF EXISTS ${stageTable(file)} SYNC`);
}

/** Columns of a file's stage, without its line and batch. */
export async function stagedColumns(warehouse: Warehouse, file: number): Promise<string[]> {
  const name = `stage_${file}`;
  const rows = await warehouse.rows<{ name: string }>(
    sql`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ${name} ORDER BY position`,
  );
  return rows.map((row) => row.name).filter((each) => each !== 'line' && each !== 'batch');
}

/** Forgets batches from `first` on: those that a killed import may have left half written. */
export async function dropBatches(warehouse: Warehouse, file: number, first: number): Promise<void> {
  const parts = await warehouse.rows<{ batch: number }>(
    sql`SELECT DISTINCT batch FROM ${stageTable(file)} WHERE batch >= ${first} ORDER BY batch`,
  );
  for (const { batch } of parts) await dropBatch(warehouse, file, batch);
}

async function dropBatch(warehouse: Warehouse, file: number, batch: number): Promise<void> {
  await warehouse.run(sql`ALTER TABLE ${stageTable(file)} DROP PARTITION ${new Fragment([String(batch)])}`);
}

/**
 * Turns a batch and stages what can be taken. Repeating a batch after `dropBatches` changes nothing. `flawless`: no row of
 * the file has been refused yet, so that the short way is worth trying.
 */
export async function stageBatch(
  warehouse: Warehouse,
  file: number,
  number: number,
  batch: Batch,
  compiled: Compiled,
  keys: Keys,
  source: string,
  flawless: boolean,
): Promise<Staged> {
  if (batch.rows === 0) return { accepted: 0, refused: [] };
  const direct = flawless && compiled.ids.every((each) => !isPersonal(keys, each.type));
  if (direct && (await stageWhole(warehouse, file, number, batch, compiled)))
    return { accepted: batch.rows, refused: [] };
  const turned = id(`turned_${file}_${number}`);
  await createTurned(warehouse, turned, compiled);
  try {
    await turn(warehouse, `turned_${file}_${number}`, batch, compiled, ['why'], sql`1`);
    const refused = await warehouse.rows<{ line: number; why: string }>(
      sql`SELECT line, why FROM ${turned} WHERE why != '' ORDER BY line`,
    );
    await keepPersonal(warehouse, turned, compiled.ids, keys, source);
    const plain = plainIds(compiled, keys).flatMap((each) => [each.number, each.value]);
    const names = join([...compiled.stored.map(({ name }) => name), ...plain].map(id), ', ');
    await warehouse.run(sql`INSERT INTO ${stageTable(file)} (${names}, line, batch)
      SELECT ${names}, line, toUInt32(${number}) FROM ${turned} WHERE why = ''`);
    const accepted = await stagedRows(warehouse, file, number);
    // Note: an engine that died and came back holds an empty table in memory; what it lost must not count as taken.
    if (accepted + refused.length !== batch.rows)
      throw new UnavailableError(
        'engine_restarted',
        'The engine was restarted in the middle of a batch: import again.',
      );
    return { accepted, refused };
  } finally {
    await warehouse.run(sql`DROP TABLE IF EXISTS ${turned} SYNC`);
  }
}

/**
 * Turns a batch that holds nothing personal straight into the stage; false, and nothing staged, when a row of it cannot
 * be taken, which is rare.
 */
async function stageWhole(
  warehouse: Warehouse,
  file: number,
  number: number,
  batch: Batch,
  compiled: Compiled,
): Promise<boolean> {
  await turn(warehouse, `stage_${file}`, batch, compiled, ['batch'], sql`why = ''`, number);
  if ((await stagedRows(warehouse, file, number)) === batch.rows) return true;
  await dropBatch(warehouse, file, number);
  return false;
}

async function stagedRows(warehouse: Warehouse, file: number, batch: number): Promise<number> {
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM ${stageTable(file)} WHERE batch = ${batch}`,
  );
  return row?.rows ?? 0;
}

let looks = 0;

/** Turns a batch in memory, looks at what came of it (stored columns, identifiers, `line`, `why`), and keeps nothing. */
export async function lookAtTurned<T>(
  warehouse: Warehouse,
  batch: Batch,
  compiled: Compiled,
  look: (turned: Fragment) => Promise<T>,
): Promise<T> {
  looks += 1;
  const table = `turned_0_${looks}`;
  await createTurned(warehouse, id(table), compiled);
  try {
    await turn(warehouse, table, batch, compiled, ['why'], sql`1`);
    return await look(id(table));
  } finally {
    await warehouse.run(sql`DROP TABLE IF EXISTS ${id(table)} SYNC`);
  }
}

/** In memory only: it holds personal values as they came. */
async function createTurned(warehouse: Warehouse, turned: Fragment, compiled: Compiled): Promise<void> {
  const columns = [
    ...compiled.stored.map(({ name, type }) => sql`${id(name)} ${new Fragment([type])}`),
    ...compiled.ids.map((each) => sql`${id(each.number)} UInt64, ${id(each.value)} String`),
  ];
  await warehouse.run(sql`DROP TABLE IF EXISTS ${turned} SYNC`);
  await warehouse.run(
    sql`CREATE TABLE ${turned} (${join(columns, ', ')}, line UInt64, why LowCardinality(String)) ENGINE = Memory`,
  );
}

async function turn(
  warehouse: Warehouse,
  table: string,
  batch: Batch,
  compiled: Compiled,
  extra: readonly string[],
  which: Fragment,
  number = 0,
): Promise<void> {
  const numbered = typeof batch.lines !== 'number';
  const fields = batch.columns.map((_, i) => `c${i} String`);
  const structure = (numbered ? ['n String', ...fields] : fields).join(', ');
  const line = numbered
    ? sql`toUInt64(n) AS line`
    : sql`toUInt64(${batch.lines as number}) + rowNumberInAllBlocks() AS line`;
  const ids = compiled.ids.flatMap((each) => [each.number, each.value]);
  const columns = ['line', ...extra, ...compiled.stored.map(({ name }) => name), ...ids];
  await warehouse.insert(
    {
      table,
      columns,
      format: batch.format,
      delimiter: batch.delimiter,
      bytes: numbered ? withLines(batch.bytes, batch.lines as Uint32Array) : batch.bytes,
      through: {
        structure,
        select: (source) =>
          sql`SELECT ${join(columns.map(id), ', ')} FROM (SELECT *, toUInt32(${number}) AS batch
            FROM (${compiled.select(sql`(SELECT *, ${line} FROM ${source})`)})) WHERE ${which}`,
      },
    },
    { threads: 1 },
  );
}

const NEWLINE = 10;

/** Puts each record's line in front of it as a field of its own (TabSeparated, in which a raw newline ends a record). */
function withLines(bytes: Uint8Array, lines: Uint32Array): Buffer {
  const parts: Buffer[] = [];
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = 0;
  for (const line of lines) {
    const end = source.indexOf(NEWLINE, from) + 1 || source.length;
    parts.push(Buffer.from(`${line}\t`), source.subarray(from, end));
    from = end;
  }
  return Buffer.concat(parts);
}
