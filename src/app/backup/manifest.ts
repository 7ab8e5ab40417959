import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import { migrations as registryMigrations } from '../../registry/migrate.ts';
import { migrations as warehouseMigrations } from '../../warehouse/migrate.ts';

const sum = z.object({ name: z.string(), rows: z.int(), hash: z.string() });

/** What a backup says of itself, before all else in it: what made it, and what must be there once it is restored. */
export const manifest = z.object({
  format: z.literal(1),
  /** Version of the program that made it. */
  program: z.string(),
  at: z.iso.datetime(),
  zone: z.string(),
  /** What shows whether a key is the one the data were hashed with. */
  key: z.string(),
  /** Whether the key itself is in the backup. */
  holdsKey: z.boolean(),
  registry: z.object({
    migration: z.int(),
    tables: z.array(sum),
    sequences: z.array(z.object({ name: z.string(), last: z.int() })),
  }),
  warehouse: z.object({
    migration: z.int(),
    tables: z.array(
      sum.extend({ columns: z.array(z.object({ name: z.string(), type: z.string() })), merges: z.boolean() }),
    ),
  }),
  /** Files of the home beside its stores: events not taken in yet, uploads, reports. */
  files: z.array(z.object({ path: z.string(), size: z.int() })),
});
export type Manifest = z.infer<typeof manifest>;

/** How far the stores of this program go. */
export const shapes = {
  registry: registryMigrations.at(-1)?.number ?? 0,
  warehouse: warehouseMigrations.length,
};

const ahead = z.object({ format: z.int().min(2) });

/** Reads what a backup says of itself; refuses one of a program that knows more than this one. */
export function manifestIn(text: string, place: string): Manifest {
  const given = parsed(text);
  const read = manifest.safeParse(given);
  if (!read.success)
    throw ahead.safeParse(given).success
      ? newer(place)
      : new InputError('backup_damaged', `${place} is not a backup of Qiancheng, or its first part is damaged.`);
  const { registry, warehouse } = read.data;
  if (registry.migration > shapes.registry || warehouse.migration > shapes.warehouse)
    throw newer(place, read.data.program);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newer(place: string, program = ''): InputError {
  return new InputError(
    'backup_newer',
    `${place} was made by a newer Qiancheng ${program}: update the program, then restore.`.replace('  ', ' '),
  );
}
