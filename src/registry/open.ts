import { registryOn } from './driver.ts';
import { LocalLocks } from './localLocks.ts';
import { migrate } from './migrate.ts';
import { pgliteDriver } from './pglite.ts';
import { placeOf, postgresDriver } from './postgres.ts';
import type { Registry } from './registry.ts';
import { ServerLocks } from './serverLocks.ts';

/** Which registry: PostgreSQL inside this process in a folder, or a server at a URL. */
export type RegistryPlace =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string };

/** The registry with its tables up to date. */
export function openRegistry(where: RegistryPlace): Promise<Registry> {
  return where.kind === 'embedded' ? openEmbedded(where.dir) : openServer(where.url);
}

async function openEmbedded(dir: string): Promise<Registry> {
  const locks = new LocalLocks();
  const registry = await migrated(registryOn(await pgliteDriver(dir), locks));
  await locks.begin(registry);
  return registry;
}

async function openServer(url: string): Promise<Registry> {
  return migrated(registryOn(postgresDriver(url), new ServerLocks(url, placeOf(url))));
}

async function migrated(registry: Registry): Promise<Registry> {
  try {
    await migrate(registry);
    return registry;
  } catch (error) {
    await registry.close();
    throw error;
  }
}
