import { existsSync } from 'node:fs';
import { QianchengError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import { openRegistry } from '../registry/open.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { type Environment, readConfig } from './config.ts';
import { type Check, machineChecks, seen } from './doctor.ts';
import { readRegistry } from './doctorEngines.ts';
import type { Finding } from './doctorFinding.ts';
import { type Machine, thisMachine } from './doctorMachine.ts';
import { openHomeFolder } from './home.ts';
import { type Places, placesOf } from './places.ts';

/** A home that did not open. */
export interface Closed {
  readonly dir: string;
  readonly env: Environment;
  readonly now: () => Date;
  /** Why it did not. */
  readonly reason: unknown;
}

/** Looks over a home that does not open: the machine, and each store by itself. Throws the reason where both stores open. */
export async function examineClosed(
  { dir, env, now, reason }: Closed,
  machine: Machine = thisMachine,
): Promise<Check[]> {
  if (!existsSync(dir)) throw reason;
  const home = await openHomeFolder(dir, env, now());
  try {
    const places = placesOf(dir, readConfig(dir, env));
    const stores = [
      await storeSeen('warehouse', () => tryWarehouse(places)),
      await storeSeen('registry', () => tryRegistry(places)),
    ];
    if (stores.every(({ ok }) => ok)) throw reason;
    return [...(await machineChecks(machine, dir)), ...stores];
  } finally {
    home.release();
  }
}

/** A store of a newer program is whole: what differs is its shape. */
async function storeSeen(name: 'warehouse' | 'registry', open: () => Promise<Finding>): Promise<Check> {
  let isNewer = false;
  const check = await seen(name, async () => {
    try {
      return await open();
    } catch (error) {
      isNewer = error instanceof QianchengError && error.code === 'home_newer';
      throw error;
    }
  });
  return isNewer ? { ...check, name: 'schema' } : check;
}

const opens: Text = { zh: '打得开', en: 'opens' };

async function tryWarehouse({ warehouse: place }: Places): Promise<Finding> {
  return telling(place.kind === 'embedded' ? place.dir : undefined, async () => {
    const warehouse = await openWarehouse(place);
    await warehouse.close();
  });
}

async function tryRegistry({ registry: place }: Places): Promise<Finding> {
  return telling(place.kind === 'embedded' ? place.dir : undefined, async () => {
    const registry = await openRegistry(place);
    try {
      await readRegistry(registry);
    } finally {
      await registry.close();
    }
  });
}

/** What an engine says of a folder that it cannot read is for the engine's makers: what to do is the same in every case. */
async function telling(folder: string | undefined, open: () => Promise<void>): Promise<Finding> {
  try {
    await open();
    return { ok: true, text: opens };
  } catch (error) {
    if (error instanceof QianchengError || folder === undefined) throw error;
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return {
      ok: false,
      text: {
        zh: `引擎读不了 ${folder}（${said.slice(0, 300)}）：检查磁盘，然后从备份恢复`,
        en: `the engine cannot read ${folder} (${said.slice(0, 300)}): look at the disk, then restore the last backup`,
      },
    };
  }
}
