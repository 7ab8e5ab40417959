import { InputError } from '../../base/errors.ts';
import { migrations as registryMigrations } from '../../registry/migrate.ts';
import { openRegistry, type RegistryPlace } from '../../registry/open.ts';
import type { Registry } from '../../registry/registry.ts';
import { migrations as warehouseMigrations } from '../../warehouse/migrate.ts';
import { openWarehouse, type WarehousePlace } from '../../warehouse/open.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Places } from '../places.ts';
import { emptyTable, filledTables } from './fill.ts';
import { shapes } from './manifest.ts';
import { fillRegistry, registrySums } from './registryRows.ts';

/** Stores that are being filled, in the shape that what comes into them has. */
export interface Target {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  close(): Promise<void>;
  /** Takes back what was put into servers, and lets go. */
  undo(): Promise<void>;
}

/** How far the stores had been migrated that rows come from. */
export type Shape = typeof shapes;

/** A warehouse that has the tables of those first migrations, and of no later ones where it is new. */
export const openWarehouseAt = (place: WarehousePlace, shape: number): Promise<Warehouse> =>
  openWarehouse(place, shape === shapes.warehouse ? warehouseMigrations : warehouseMigrations.slice(0, shape));

export const openRegistryAt = (place: RegistryPlace, shape: number): Promise<Registry> =>
  openRegistry(place, shape === shapes.registry ? registryMigrations : registryMigrations.slice(0, shape));

/** Opens stores to be filled; `isOurs` says that what they hold is what an earlier, killed start of the same work put there. */
export async function openTarget(places: Places, shape: Shape, isOurs: boolean): Promise<Target> {
  const registry = await openRegistryAt(places.registry, shape.registry);
  let warehouse: Warehouse | undefined;
  const close = async () => {
    await warehouse?.close();
    await registry.close();
  };
  try {
    const opened = await openWarehouseAt(places.warehouse, shape.warehouse);
    warehouse = opened;
    if (isOurs) await empty(opened, registry);
    await requireEmptyRegistry(registry);
    await requireEmptyWarehouse(opened);
    const undo = async () => {
      if (opened.kind !== 'embedded' || registry.kind !== 'embedded') await empty(opened, registry);
      await close();
    };
    return { registry, warehouse: opened, close, undo };
  } catch (error) {
    await close();
    throw error;
  }
}

async function empty(warehouse: Warehouse, registry: Registry): Promise<void> {
  for (const { name } of await filledTables(warehouse)) await emptyTable(warehouse, name);
  await fillRegistry(registry, { pages: async function* () {}, sequences: [] });
}

/** Refuses a warehouse that somebody's rows are in. */
export async function requireEmptyWarehouse(warehouse: Warehouse): Promise<void> {
  const [filled] = await filledTables(warehouse);
  if (filled)
    throw new InputError(
      'target_not_empty',
      `The warehouse that is to be filled has rows already (${filled.name}): give a database without tables, or drop those that are in it.`,
    );
}

/** Refuses a registry that somebody's rows are in. */
export async function requireEmptyRegistry(registry: Registry): Promise<void> {
  for (const [name, { rows }] of await registrySums(registry))
    if (rows > 0)
      throw new InputError(
        'target_not_empty',
        `The registry that is to be filled has rows already (${name}): give a database without tables, or drop those that are in it.`,
      );
}
