import { EmbeddedWarehouse } from './embedded.ts';
import { migrateWarehouse } from './migrate.ts';
import { ServerWarehouse } from './server.ts';
import type { Warehouse } from './warehouse.ts';

export type WarehousePlace =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string };

/** Opens the warehouse at its place and brings it to this program's shape. */
export async function openWarehouse(place: WarehousePlace): Promise<Warehouse> {
  const warehouse = place.kind === 'embedded' ? new EmbeddedWarehouse(place.dir) : new ServerWarehouse(place.url);
  try {
    await migrateWarehouse(warehouse);
    return warehouse;
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}
