import type { Watch } from '../../base/progress.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { type Copies, copyTables } from '../backup/copies.ts';
import { emptyTable, filledTables, prepareTables, putRows, requireSame } from '../backup/fill.ts';
import {
  atOneMoment,
  fillRegistry,
  registryPages,
  registrySums,
  registryTables,
  sequencesOf,
} from '../backup/registryRows.ts';
import { areSame, sumOf, type Table } from '../backup/tables.ts';

/** Rows and tables that were brought over. */
export interface Carried {
  readonly rows: number;
  readonly tables: number;
  /** Tables that an earlier, killed start had brought over whole. */
  readonly already: number;
}

/** Brings every table of a warehouse into another; one that is there with the same rows and hash is left as it is. */
export async function carryWarehouse(from: Warehouse, to: Warehouse, watch: Watch): Promise<Carried> {
  const tables = await filledTables(from);
  await prepareTables(to, tables);
  const strangers = (await filledTables(to)).filter(({ name }) => !tables.some((table) => table.name === name));
  for (const { name } of strangers) await emptyTable(to, name);
  // Note: rows are read from copies, for merges do not move the rows of those meanwhile.
  const copies = await copyTables(from, tables);
  try {
    const total = await rowsOf(from, tables);
    let rows = 0;
    let already = 0;
    for (const table of tables) {
      const tell = (done: number) => watch({ step: 'move', done: rows + done, total, unit: 'rows' });
      const { rows: own, isNew } = await carryTable({ copies, to, table, tell });
      rows += own;
      if (!isNew) already += 1;
    }
    return { rows, tables: tables.length, already };
  } finally {
    await copies.end();
  }
}

async function rowsOf(warehouse: Warehouse, tables: readonly Table[]): Promise<number> {
  let total = 0;
  for (const table of tables) total += (await sumOf(warehouse, { ...table, columns: table.columns.slice(0, 1) })).rows;
  return total;
}

interface Carrying {
  readonly copies: Copies;
  readonly to: Warehouse;
  readonly table: Table;
  tell(done: number): void;
}

async function carryTable({ copies, to, table, tell }: Carrying): Promise<{ rows: number; isNew: boolean }> {
  const told = await copies.sum(table);
  if (areSame(told, await sumOf(to, table))) return { rows: told.rows, isNew: false };
  await emptyTable(to, table.name);
  let done = 0;
  for await (const { rows, bytes } of copies.pieces(table)) {
    await putRows(to, table, bytes);
    done += rows;
    tell(done);
  }
  requireSame(table.name, await sumOf(to, table), told);
  return { rows: told.rows, isNew: true };
}

/** Brings all that a registry holds into another, in place of what that one holds. */
export async function carryRegistry(from: Registry, to: Registry, watch: Watch): Promise<Carried> {
  watch({ step: 'move', done: 0, unit: 'rows' });
  const sequences = await sequencesOf(from);
  await atOneMoment(from, async (transaction) => {
    const pages = async function* () {
      for (const table of await registryTables(transaction))
        for await (const rows of registryPages(transaction, table)) yield { table, rows };
    };
    await fillRegistry(to, { pages, sequences });
  });
  const there = await registrySums(to);
  const told = await registrySums(from);
  for (const [name, sum] of told) requireSame(name, there.get(name), sum);
  return { rows: [...told.values()].reduce((total, { rows }) => total + rows, 0), tables: told.size, already: 0 };
}
