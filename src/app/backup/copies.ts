import { id, sql } from '../../warehouse/sql.ts';
import type { Holder, Warehouse } from '../../warehouse/warehouse.ts';
import { columnsOf, type Sum, sumOn, type Table } from './tables.ts';

/** Bytes of rows that are in memory at once, as the engine counts them unpacked. */
const PIECE_BYTES = 16 * 2 ** 20;
const MOST_ROWS = 500_000;
const copyName = (table: string): string => `copy_${table}`;

/** Tables as they were at one moment: their parts are shared on disk with the tables, so that making it costs a moment. */
export interface Copies {
  readonly tables: readonly Table[];
  sum(table: Table): Promise<Sum>;
  /** The rows of a table in RowBinary, as many as memory allows at a time. */
  pieces(table: Table): AsyncIterable<Piece>;
  /** Takes the copies away. */
  end(): Promise<void>;
}

export interface Piece {
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** Copies tables as they are now. Call it where nothing changes them: alone in the gate, as the one who writes. */
export async function copyTables(warehouse: Warehouse, tables: readonly Table[]): Promise<Copies> {
  await dropCopies(warehouse);
  for (const { name } of tables)
    await warehouse.onParts(name, (part) => sql`CREATE TABLE ${id(copyName(name))} CLONE AS ${part}`);
  return {
    tables,
    sum: async (table) => sumOn(await holdersOf(warehouse, table), table, id(copyName(table.name))),
    pieces: (table) => piecesOf(warehouse, table),
    end: () => dropCopies(warehouse),
  };
}

/** Takes away what copies there are, an earlier one's that was killed among them. */
export async function dropCopies(warehouse: Warehouse): Promise<void> {
  const names = new Set<string>();
  for (const holder of warehouse.holders) for (const name of await copiesOn(holder)) names.add(name);
  for (const name of names) await warehouse.everywhere(sql`DROP TABLE IF EXISTS ${id(name)} SYNC`);
}

/** Copies that lie on a server, by name. */
export async function copiesOn(holder: Holder): Promise<string[]> {
  const rows = await holder.rows<{ name: string }>(
    sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'copy_') ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}

async function holdersOf(warehouse: Warehouse, { name }: Table): Promise<Holder[]> {
  const holders: Holder[] = [];
  for (const holder of warehouse.holders) if ((await copiesOn(holder)).includes(copyName(name))) holders.push(holder);
  return holders;
}

interface Part {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

async function* piecesOf(warehouse: Warehouse, table: Table): AsyncIterable<Piece> {
  const copy = copyName(table.name);
  await warehouse.onParts(table.name, () => sql`SYSTEM STOP MERGES ${id(copy)}`);
  // Note: parts in the order they came, for of rows with one key the last is the one that counts.
  for (const holder of await holdersOf(warehouse, table))
    for (const part of await partsOf(holder, copy)) yield* piecesOfPart(holder, table, copy, part);
}

function partsOf(holder: Holder, table: string): Promise<Part[]> {
  return holder.rows<{ name: string; rows: number; bytes: number }>(
    sql`SELECT name, rows, data_uncompressed_bytes AS bytes FROM system.parts
      WHERE active AND database = currentDatabase() AND table = ${table} ORDER BY min_block_number`,
  );
}

async function* piecesOfPart(holder: Holder, table: Table, copy: string, part: Part): AsyncIterable<Piece> {
  const perRow = Math.max(1, part.bytes / Math.max(1, part.rows));
  const step = Math.max(1, Math.min(MOST_ROWS, Math.floor(PIECE_BYTES / perRow)));
  for (let from = 0; from < part.rows; from += step) {
    const inside = sql`FROM ${id(copy)}
      WHERE _part = ${part.name} AND _part_offset >= ${from} AND _part_offset < ${from + step}`;
    const bytes = await holder.bytes(sql`SELECT ${columnsOf(table)} ${inside}`);
    if (bytes.length === 0) continue;
    const [row] = await holder.rows<{ rows: number }>(sql`SELECT count() AS rows ${inside}`);
    yield { rows: row?.rows ?? 0, bytes };
  }
}
