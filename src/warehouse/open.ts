import { ClusterWarehouse } from './cluster.ts';
import { EmbeddedWarehouse } from './embedded.ts';
import { migrateWarehouse, migrations } from './migrate.ts';
import { beginFolder } from './newFolder.ts';
import { ServerWarehouse } from './server.ts';
import type { Warehouse } from './warehouse.ts';

export type WarehousePlace =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string }
  /** One server of each shard, separated by commas. */
  | { readonly kind: 'cluster'; readonly url: string; readonly cluster: string };

/** Opens the warehouse at its place and brings it to this program's shape, or to that of its first steps. */
export async function openWarehouse(place: WarehousePlace, known = migrations): Promise<Warehouse> {
  const warehouse = await connect(place, known === migrations);
  try {
    await migrateWarehouse(warehouse, known);
    return warehouse;
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

async function connect(place: WarehousePlace, fromTemplate: boolean): Promise<Warehouse> {
  if (place.kind === 'cluster') return ClusterWarehouse.open(place.url, place.cluster);
  if (place.kind === 'server') return new ServerWarehouse(place.url);
  if (fromTemplate) await beginFolder(place.dir);
  return new EmbeddedWarehouse(place.dir);
}
