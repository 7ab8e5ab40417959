import { ClusterWarehouse } from './cluster.ts';
import { EmbeddedWarehouse } from './embedded.ts';
import { migrateWarehouse } from './migrate.ts';
import { beginFolder } from './newFolder.ts';
import { ServerWarehouse } from './server.ts';
import type { Warehouse } from './warehouse.ts';

export type WarehousePlace =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string }
  /** One server of each shard, separated by commas. */
  | { readonly kind: 'cluster'; readonly url: string; readonly cluster: string };

/** Opens the warehouse at its place and brings it to this program's shape. */
export async function openWarehouse(place: WarehousePlace): Promise<Warehouse> {
  const warehouse = await connect(place);
  try {
    await migrateWarehouse(warehouse);
    return warehouse;
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

async function connect(place: WarehousePlace): Promise<Warehouse> {
  if (place.kind === 'cluster') return ClusterWarehouse.open(place.url, place.cluster);
  if (place.kind === 'server') return new ServerWarehouse(place.url);
  await beginFolder(place.dir);
  return new EmbeddedWarehouse(place.dir);
}
