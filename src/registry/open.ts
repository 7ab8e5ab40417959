import { registryOn } from './driver.ts';
import { migrate } from './migrate.ts';
import { pgliteDriver } from './pglite.ts';
import { postgresDriver } from './postgres.ts';
import type { Registry } from './registry.ts';

/** Which registry: PostgreSQL inside this process in a folder, or a server at a URL. */
export type RegistryPlace =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string };

/** The registry with its tables up to date. */
export async function openRegistry(where: RegistryPlace): Promise<Registry> {
  const registry = registryOn(where.kind === 'embedded' ? await pgliteDriver(where.dir) : postgresDriver(where.url));
  try {
    await migrate(registry);
    return registry;
  } catch (error) {
    await registry.close();
    throw error;
  }
}
