import { hostname } from 'node:os';
import { unwatched, type Watch } from '../base/progress.ts';
import { defaultIdentity, type IdentityRules, identifierType } from '../identity/types.ts';
import type { Context } from '../intake/context.ts';
import { mend, recover } from '../intake/recover.ts';
import { forgetOldText } from '../intake/rejects.ts';
import { keyFor } from '../intake/seal.ts';
import { requireWhole } from '../intake/unfinished.ts';
import { openRegistry } from '../registry/open.ts';
import type { Registry } from '../registry/registry.ts';
import { openWarehouse } from '../warehouse/open.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Config, Environment } from './config.ts';
import { openGate } from './gate.ts';
import { type HomeFolder, homeDir, openHomeFolder } from './home.ts';
import { type Places, placesOf } from './places.ts';
import { heirOf, joinServers, sharedWarehouse } from './servers.ts';
import { settle } from './settings.ts';

/** One home, opened: its stores, its keys and what it is told. */
export interface Installation {
  readonly home: HomeFolder;
  readonly context: Context;
  close(): Promise<void>;
}

/**
 * Opens a home and ends what a killed process had begun in it. Note: an embedded warehouse is opened before the registry,
 * for its engine holds the folder by a lock of its own, which the registry's does not.
 */
export async function openInstallation(
  dir: string | undefined,
  env: Environment,
  now: () => Date,
  watch: Watch = unwatched,
): Promise<Installation> {
  const home = await openHomeFolder(homeDir(dir, env), env, now());
  const closers: Array<() => Promise<void> | void> = [() => home.release()];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const { config } = home;
    const { warehouse, registry } = await openStores(home, closers);
    const context: Context = {
      warehouse,
      registry,
      gate: openGate(registry.kind === 'server' ? registry.locks : undefined, () => wholeOrMended(context)),
      keys: keysOf(home),
      zone: config.zone,
      brands: config.brands,
      now: () => now().toISOString(),
      watch,
    };
    registry.locks.inherit(heirOf(context));
    // Note: what another server that lives is at is not this one's to end; what a dead one was at, the next of them ends.
    await registry.locks.tryAlone('writer', () => context.gate.alone(() => recover(context)));
    await forgetOldText(context);
    return { home, context, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Refuses questions while a change that was cut short has not been ended, and tries to end it. */
async function wholeOrMended(context: Context): Promise<void> {
  try {
    await requireWhole(context.registry);
  } catch (error) {
    if (!mending.has(context)) {
      // Note: what keeps it from ending is told by the next who tries, and by the check-up.
      const trying = context.gate.alone(() => mend(context)).catch(() => {});
      mending.set(context, trying);
      void trying.finally(() => mending.delete(context));
    }
    throw error;
  }
}

const mending = new WeakMap<Context, Promise<unknown>>();

interface Stores {
  readonly warehouse: Warehouse;
  readonly registry: Registry;
}

async function openStores(home: HomeFolder, closers: Array<() => Promise<void> | void>): Promise<Stores> {
  const places = placesOf(home.dir, home.config);
  if (places.registry.kind === 'server') return openShared(home, places, closers);
  const warehouse = await openWarehouse(places.warehouse);
  closers.push(() => warehouse.close());
  const registry = await openRegistry(places.registry);
  closers.push(() => registry.close());
  await settle(registry, home);
  return { warehouse, registry };
}

/** Stores that other servers may work on too. */
async function openShared(
  home: HomeFolder,
  places: Places,
  closers: Array<() => Promise<void> | void>,
): Promise<Stores> {
  const registry = await openRegistry(places.registry);
  closers.push(() => registry.close());
  await settle(registry, home);
  const { locks } = registry;
  await joinServers(locks, home, hostname());
  const bare = await locks.alone('shape', () => openWarehouse(places.warehouse));
  closers.push(() => bare.close());
  return { warehouse: sharedWarehouse(bare, locks), registry };
}

function keysOf({ key, config }: HomeFolder): Context['keys'] {
  return {
    identifier: keyFor(key, 'identifier'),
    digest: keyFor(key, 'digest'),
    reject: keyFor(key, 'reject'),
    identity: identityOf(config),
  };
}

/** The known types with the workspace's changes over them. */
function identityOf(config: Config): IdentityRules {
  const own = Object.entries(config.identifiers).map(([name, change]) => {
    const { normalise, personal, single, everywhere } = change;
    const given = Object.fromEntries(
      Object.entries({ normalise, personal, single, everywhere }).filter(([, value]) => value !== undefined),
    );
    return [name, identifierType.parse({ everywhere: true, ...defaultIdentity.types[name], ...given })] as const;
  });
  return { types: { ...defaultIdentity.types, ...Object.fromEntries(own) }, maxConsumers: config.max_consumers };
}
