import { registryOn } from './driver.ts';
import { LocalLocks } from './localLocks.ts';
import { migrate, migrations } from './migrate.ts';
import { pgliteDriver } from './pglite.ts';
import { placeOf, postgresDriver } from './postgres.ts';
import type { Registry } from './registry.ts';
import { ServerLocks } from './serverLocks.ts';

/** Which registry: PostgreSQL inside this process in a folder, or a server at a URL. */
export type RegistryPlace =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'server'; readonly url: string };

/** The registry with its tables up to date, or as its first migrations make them. */
export function openRegistry(where: RegistryPlace, known = migrations): Promise<Registry> {
  return where.kind === 'embedded' ? openEmbedded(where.dir, known) : openServer(where.url, known);
}

async function openEmbedded(dir: string, known: typeof migrations): Promise<Registry> {
  const locks = new LocalLocks();
  const registry = await migrated(registryOn(await pgliteDriver(dir, known === migrations), locks), known);
  if (known === migrations) await locks.begin(registry);
  return registry;
}

async function openServer(url: string, known: typeof migrations): Promise<Registry> {
  return migrated(registryOn(postgresDriver(url), new ServerLocks(url, placeOf(url))), known);
}

async function migrated(registry: Registry, known: typeof migrations): Promise<Registry> {
  try {
    await migrate(registry, known);
    return registry;
  } catch (error) {
    await registry.close();
    throw error;
  }
}
