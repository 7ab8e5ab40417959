import { ConflictError } from '../../base/errors.ts';
import type { Watch } from '../../base/progress.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { shapes } from '../backup/manifest.ts';
import { openRegistryAt, openWarehouseAt, requireEmptyRegistry, requireEmptyWarehouse } from '../backup/target.ts';
import type { Environment } from '../config.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { type Places, placesOf } from '../places.ts';
import { type Carried, carryRegistry, carryWarehouse } from './carry.ts';
import { type MoveTo, placesTold, requireGoal, requireNotInEnvironment, tellConfig } from './goal.ts';
import { isSamePlaces, readJournal, writeJournal } from './journal.ts';

export interface Moving {
  readonly dir: string;
  readonly env: Environment;
  readonly now: () => Date;
}

/** What a move came to: rows and tables that now lie in new stores, each compared by count and hash. */
export interface Moved extends Carried {
  /** False where the home was there already. */
  readonly moved: boolean;
}

/**
 * Takes a home's stores elsewhere: rows are brought over and compared table by table, and only then does config.yaml name
 * the new stores. Killed at any moment, it goes on at the table it was at when asked again. The old stores stay.
 */
export async function move(asked: MoveTo, { dir, env, now }: Moving, watch: Watch): Promise<Moved> {
  requireGoal(asked);
  requireNotInEnvironment(asked, env);
  const installation = await openInstallation(dir, env, now);
  try {
    const { home, context } = installation;
    const from = placesOf(home.dir, home.config);
    const to = placesTold(asked, home.dir, home.config);
    if (await isThere(home.dir, from, to)) return { moved: false, rows: 0, tables: 0, already: 0 };
    await requireAlone(installation);
    const begun = readJournal(home.dir);
    const isOurs = begun !== undefined && isSamePlaces(begun.to, to) && isSamePlaces(begun.from, from);
    const note = () => writeJournal(home.dir, { from, to, moved: false });
    const { registry } = context;
    const carried = await registry.locks.alone('writer', () =>
      registry.locks.alone('live', () =>
        context.gate.alone(() => carry(installation, { from, to, isOurs, note, watch })),
      ),
    );
    await tellConfig(home.dir, to);
    await writeJournal(home.dir, { from, to, moved: true });
    return { moved: true, ...carried };
  } finally {
    await installation.close();
  }
}

/** Whether the home is where it is to go; a move that was killed after its last step but one is then noted as done. */
async function isThere(dir: string, from: Places, to: Places): Promise<boolean> {
  const begun = readJournal(dir);
  if (begun && !begun.moved && isSamePlaces(begun.to, from)) await writeJournal(dir, { ...begun, moved: true });
  if (isSamePlaces(from, to)) return true;
  if (begun?.moved)
    throw new ConflictError(
      'move_old_left',
      'The stores that this home left the last time are still there: remove them first with `qiancheng move --drop`.',
    );
  return false;
}

async function requireAlone({ context: { registry } }: Installation): Promise<void> {
  if ((await registry.locks.living()).size <= 1) return;
  throw new ConflictError(
    'move_servers',
    'Other servers work on the registry of this home: stop them, move, and give each of them the new config.yaml.',
  );
}

interface Way {
  readonly from: Places;
  readonly to: Places;
  /** Whether what the new stores hold is what an earlier start of this move put there. */
  readonly isOurs: boolean;
  note(): Promise<void>;
  readonly watch: Watch;
}

async function carry({ context }: Installation, { from, to, isOurs, note, watch }: Way): Promise<Carried> {
  const opened: Array<() => Promise<void>> = [];
  try {
    const movesWarehouse = !isSamePlaces({ ...to, registry: from.registry }, from);
    const movesRegistry = !isSamePlaces({ ...to, warehouse: from.warehouse }, from);
    const warehouse: Warehouse | undefined = movesWarehouse
      ? await openWarehouseAt(to.warehouse, shapes.warehouse)
      : undefined;
    if (warehouse) opened.push(() => warehouse.close());
    const registry: Registry | undefined = movesRegistry
      ? await openRegistryAt(to.registry, shapes.registry)
      : undefined;
    if (registry) opened.push(() => registry.close());
    if (!isOurs && warehouse) await requireEmptyWarehouse(warehouse);
    if (!isOurs && registry) await requireEmptyRegistry(registry);
    await note();
    const facts = warehouse ? await carryWarehouse(context.warehouse, warehouse, watch) : undefined;
    const books = registry ? await carryRegistry(context.registry, registry, watch) : undefined;
    return {
      rows: (facts?.rows ?? 0) + (books?.rows ?? 0),
      tables: (facts?.tables ?? 0) + (books?.tables ?? 0),
      already: facts?.already ?? 0,
    };
  } finally {
    for (const close of opened.reverse()) await close();
  }
}
