import { totalmem } from 'node:os';
import { spaceOf } from '../diskGuard.ts';
import type { Installation } from '../installation.ts';
import { Capacity } from './capacity.ts';
import { usualMemory } from './room.ts';

/** Of the disk that is free, what one question may write on its way. */
const DISK_SHARE = 0.5;

/** What questions may take of this machine, as the home's configuration and the machine say. */
export function openCapacity({ context, home: { config, dir } }: Installation): Capacity {
  const machine = { total: totalmem(), held: process.constrainedMemory() };
  const isOwnDisk = context.warehouse.kind === 'embedded';
  return new Capacity(context, {
    slots: config.query_slots,
    memory: config.query_memory ?? usualMemory(machine),
    ...(isOwnDisk ? { disk: async () => Math.floor((await spaceOf(dir)).free * DISK_SHARE) } : {}),
  });
}
