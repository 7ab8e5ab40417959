import { Fragment, id, join, sql } from '../../warehouse/sql.ts';
import type { Holder, Row, Warehouse } from '../../warehouse/warehouse.ts';

/** A table of the warehouse that belongs to a home: its name, its columns, and how its rows are to be counted. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows of one key are one row, the last of them, whether the engine has merged them yet or not. */
  readonly merges: boolean;
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Rows of a table and the sum of their hashes, in decimal: the same wherever the rows lie and in whatever order. */
export interface Sum {
  readonly rows: number;
  readonly hash: string;
}

/** Tables of a file whose import can be gone on with: each has columns of its own. */
export const isStage = (name: string): boolean => /^stage_\d+$/.test(name);

const WRAP = 1n << 64n;
/** Stands for NULL where values are hashed; no value of a nullable column is written so. */
const NULL_TEXT = '\\N';

/** The tables of a home, in the order of their names: facts, identity, work that can be gone on with; not what only work under way needs, nor the values of tags, which are found again. */
export async function tablesOf(warehouse: Warehouse): Promise<Table[]> {
  const rows = await warehouse.rows<{ name: string; engine: string; columns: [string, string][] }>(
    sql`SELECT t.name AS name, t.engine AS engine,
        arrayMap(c -> (c.2, c.3), arraySort(groupArray((c.position, c.name, c.type)))) AS columns
      FROM system.tables AS t INNER JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
      WHERE t.database = currentDatabase() AND (t.engine LIKE '%MergeTree' OR t.engine = 'Distributed')
        AND t.name NOT IN ('migrations', 'tag_values') AND NOT match(t.name, '_local$|^((turned|fate)_[0-9]|copy_|moving_|identity_|reopened_|doomed)')
      GROUP BY name, engine ORDER BY name`,
  );
  return rows.map(({ name, engine, columns }) => ({
    name,
    columns: columns.map(([column, type]) => ({ name: column, type })),
    merges: engine.startsWith('Replacing'),
  }));
}

export const columnsOf = ({ columns }: Pick<Table, 'columns'>): Fragment =>
  join(
    columns.map(({ name }) => id(name)),
    ', ',
  );

/** Note: named so that no column of a table is meant. */
interface Summed extends Row {
  readonly sum_rows: number;
  readonly sum_hash: string;
}

/** Rows and hash of a table, or of a copy of it. */
export function summing(table: Table, from: Fragment): Fragment {
  const values = table.columns.map(({ name, type }) =>
    type.startsWith('Nullable(') ? sql`ifNull(toString(${id(name)}), ${NULL_TEXT})` : id(name),
  );
  return sql`SELECT count() AS sum_rows, toString(sum(cityHash64(${join(values, ', ')}))) AS sum_hash
    FROM ${from}${new Fragment([table.merges ? ' FINAL' : ''])}`;
}

/** Rows and hash of a table as the warehouse answers for the whole of it. */
export function sumOf(warehouse: Warehouse, table: Table): Promise<Sum> {
  return sumOn([warehouse], table, id(table.name));
}

/** Rows and hash of a table that lies on these servers, from what each has of it. */
export async function sumOn(holders: readonly Pick<Holder, 'rows'>[], table: Table, from: Fragment): Promise<Sum> {
  let rows = 0;
  let hash = 0n;
  for (const holder of holders) {
    const [row] = await holder.rows<Summed>(summing(table, from));
    rows += row?.sum_rows ?? 0;
    hash = (hash + BigInt(row?.sum_hash ?? '0')) % WRAP;
  }
  return { rows, hash: hash.toString() };
}

export const areSame = (one: Sum, other: Sum): boolean => one.rows === other.rows && one.hash === other.hash;

/** Makes the table of a file whose import can be gone on with; all others are made by the migrations. */
export async function createStage(warehouse: Warehouse, { name, columns }: Table): Promise<void> {
  const fields = join(
    columns.map((column) => sql`${id(column.name)} ${typeOf(column)}`),
    ', ',
  );
  await warehouse.run(
    sql`CREATE TABLE IF NOT EXISTS ${id(name)} (${fields}) ENGINE = MergeTree PARTITION BY batch ORDER BY tuple()`,
  );
}

/** Note: a type comes from a file, so it is only taken where it is made of the words of types. */
function typeOf({ name, type }: Column): Fragment {
  if (!/^[A-Za-z0-9_(), ']+$/.test(type)) throw new TypeError(`not a type of a column: ${name}`);
  return new Fragment([type]);
}
