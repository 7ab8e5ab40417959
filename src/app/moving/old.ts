import { mkdir, rm } from 'node:fs/promises';
import { NotFoundError } from '../../base/errors.ts';
import { openRegistry, type RegistryPlace } from '../../registry/open.ts';
import { openWarehouse, type WarehousePlace } from '../../warehouse/open.ts';
import { id, sql } from '../../warehouse/sql.ts';
import { dropRegistryTables } from '../backup/registryRows.ts';
import { openHomeFolder } from '../home.ts';
import { type Places, placesOf } from '../places.ts';
import { isSamePlaces, readJournal, removeJournal } from './journal.ts';
import type { Moving } from './move.ts';

/** Removes the stores that a home has left. */
export async function dropOld({ dir, env, now }: Moving): Promise<{ readonly dropped: boolean }> {
  const home = await openHomeFolder(dir, env, now());
  try {
    const last = readJournal(home.dir);
    if (!last?.moved || !isSamePlaces(last.to, placesOf(home.dir, home.config)))
      throw new NotFoundError('move_nothing', 'This home has left no stores behind: there is nothing to remove.');
    const { from, to }: { from: Places; to: Places } = last;
    if (!isSamePlaces({ ...to, registry: from.registry }, from)) await dropWarehouse(from.warehouse);
    if (!isSamePlaces({ ...to, warehouse: from.warehouse }, from)) await dropRegistry(from.registry);
    await removeJournal(home.dir);
    return { dropped: true };
  } finally {
    home.release();
  }
}

async function dropWarehouse(place: WarehousePlace): Promise<void> {
  if (place.kind === 'embedded') return clear(place.dir);
  const warehouse = await openWarehouse(place);
  try {
    const tables = await warehouse.rows<{ name: string }>(
      sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND NOT is_temporary ORDER BY name`,
    );
    for (const { name } of tables) await warehouse.everywhere(sql`DROP TABLE IF EXISTS ${id(name)} SYNC`);
  } finally {
    await warehouse.close();
  }
}

async function dropRegistry(place: RegistryPlace): Promise<void> {
  if (place.kind === 'embedded') return clear(place.dir);
  const registry = await openRegistry(place);
  try {
    await dropRegistryTables(registry);
  } finally {
    await registry.close();
  }
}

async function clear(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { mode: 0o700 });
}
