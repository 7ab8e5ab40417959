import { existsSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sync } from '../../base/folders.ts';
import type { Places } from '../places.ts';

const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embedded'), dir: z.string() }),
  z.object({ kind: z.literal('server'), url: z.string() }),
  z.object({ kind: z.literal('cluster'), url: z.string(), cluster: z.string() }),
]);
const registryPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embedded'), dir: z.string() }),
  z.object({ kind: z.literal('server'), url: z.string() }),
]);

const journal = z.object({
  from: z.object({ warehouse: place, registry: registryPlace }),
  to: z.object({ warehouse: place, registry: registryPlace }),
  /** False while rows are on their way, true once the home works on the new stores and the old ones only wait. */
  moved: z.boolean(),
});

/** A move of a home's stores: which it left, which it goes to, and whether it is there. */
export interface Journal {
  readonly from: Places;
  readonly to: Places;
  readonly moved: boolean;
}

const pathOf = (dir: string): string => join(dir, 'moving.json');

/** The move that a home is at, or the last one whose old stores are still there. */
export function readJournal(dir: string): Journal | undefined {
  if (!existsSync(pathOf(dir))) return undefined;
  return journal.parse(JSON.parse(readFileSync(pathOf(dir), 'utf8')));
}

/** Note: addresses hold passwords, so it is readable by this user alone, as config.yaml should be. */
export async function writeJournal(dir: string, told: Journal): Promise<void> {
  await writeWhole(dir, 'moving.json', JSON.stringify(told));
}

export const removeJournal = (dir: string): Promise<void> => rm(pathOf(dir), { force: true });

/** A file of the home replaced at once, on disk before it has its name. */
export async function writeWhole(dir: string, name: string, text: string): Promise<void> {
  const draft = join(dir, `${name}.new`);
  const file = await open(draft, 'w', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(draft, join(dir, name));
  await sync(dir);
}

export const isSamePlaces = (one: Places, other: Places): boolean => text(one) === text(other);

/** As the journal writes it: the order of keys is not what tells places apart. */
function text({ warehouse, registry }: Places): string {
  const plain = (each: object) => JSON.stringify(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${plain(warehouse)} ${plain(registry)}`;
}
