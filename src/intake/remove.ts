import { deleteRows } from '../warehouse/deleting.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { Warehouse, Work } from '../warehouse/warehouse.ts';

const DOOMED = 'doomed';

/**
 * Takes out of tables the rows whose columns stand in the answer of a question. Note: the answer is put in a table of
 * its own first, for the engine never ends a DELETE whose question asks a question in turn (IN within IN).
 */
export async function removeRows(
  warehouse: Warehouse,
  tables: readonly string[],
  columns: readonly string[],
  question: Fragment,
): Promise<void> {
  const doomed = id(DOOMED);
  const names = join(columns.map(id), ', ');
  await warehouse.run(sql`DROP TABLE IF EXISTS ${doomed} SYNC`);
  await warehouse.run(sql`CREATE TABLE ${doomed} ENGINE = MergeTree ORDER BY tuple() AS ${question}`);
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${doomed}`);
  if ((row?.rows ?? 0) > 0)
    for (const table of tables)
      await removeWhere(warehouse, table, sql`(${names}) IN (SELECT ${names} FROM ${doomed})`, [
        { table: DOOMED, columns },
      ]);
  await warehouse.run(sql`DROP TABLE IF EXISTS ${doomed} SYNC`);
}

/** Takes out of a table the rows of a file. */
export async function removeFile(warehouse: Warehouse, table: string, file: number): Promise<void> {
  await removeWhere(warehouse, table, sql`file = ${file}`);
}

/**
 * Takes rows out of a table; one that has none such is left alone, for every DELETE makes its parts anew. `reading` are
 * the tables of work that `which` reads.
 */
export async function removeWhere(
  warehouse: Warehouse,
  table: string,
  which: Fragment,
  reading: readonly Work[] = [],
): Promise<void> {
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${id(table)} WHERE ${which}`);
  if ((row?.rows ?? 0) > 0) await deleteRows(warehouse, table, which, { reading });
}
