import { InputError } from '../../base/errors.ts';
import type { Registry } from '../../registry/registry.ts';
import { id, sql } from '../../warehouse/sql.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { registrySums } from './registryRows.ts';
import { areSame, createStage, isStage, type Sum, sumOf, type Table, tablesOf } from './tables.ts';

/** Makes the tables that migrations do not make, and refuses columns that this shape of the warehouse does not have. */
export async function prepareTables(warehouse: Warehouse, tables: readonly Table[]): Promise<void> {
  const there = new Map((await tablesOf(warehouse)).map((table) => [table.name, table]));
  for (const table of tables) {
    if (isStage(table.name)) await createStage(warehouse, table);
    else if (JSON.stringify(there.get(table.name)?.columns) !== JSON.stringify(table.columns))
      throw new InputError(
        'shape_differs',
        `The table ${table.name} has other columns where it is to go: open both by the same version of the program, then try again.`,
      );
  }
}

/** Takes all rows of a table away. */
export function emptyTable(warehouse: Warehouse, table: string): Promise<void> {
  return warehouse.onParts(table, (part) => sql`TRUNCATE TABLE ${part}`);
}

/** Puts rows in RowBinary into a table; facts go to the server of their consumer. */
export function putRows(warehouse: Warehouse, { name, columns }: Table, bytes: Uint8Array): Promise<void> {
  return warehouse.insert({ table: name, columns: columns.map((each) => each.name), format: 'RowBinary', bytes });
}

/** Tables of the warehouse that hold rows. */
export async function filledTables(warehouse: Warehouse): Promise<Table[]> {
  const filled: Table[] = [];
  for (const table of await tablesOf(warehouse)) {
    const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${id(table.name)}`);
    if ((row?.rows ?? 0) > 0) filled.push(table);
  }
  return filled;
}

/** Refuses a warehouse or registry that holds other rows than told, naming the first table that does. */
export async function checkSame(
  { warehouse, registry }: { readonly warehouse: Warehouse; readonly registry: Registry },
  told: { readonly warehouse: readonly (Table & Sum)[]; readonly registry: readonly (Sum & { name: string })[] },
): Promise<void> {
  const kept = await registrySums(registry);
  for (const { name, ...sum } of told.registry) requireSame(name, kept.get(name), sum);
  for (const table of told.warehouse) requireSame(table.name, await sumOf(warehouse, table), table);
}

/** Refuses a table that has other rows than it was told to have. */
export function requireSame(name: string, found: Sum | undefined, told: Sum): void {
  if (found && areSame(found, told)) return;
  throw new InputError(
    'rows_differ',
    `The table ${name} has ${found?.rows ?? 'no'} rows where ${told.rows} were saved, or other ones: nothing was put in place. Try again; if it happens again, the backup or a disk is damaged.`,
  );
}
