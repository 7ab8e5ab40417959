import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sync, syncAll } from './folders.ts';

/** Where the build puts folders that a new home copies instead of making them. */
const templates = fileURLToPath(new URL('../../dist/templates', import.meta.url));

/** The folder that these steps make of nothing, where the build has prepared it: other steps have another place. */
export function templatePath(name: string, steps: readonly unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify(steps)).digest('hex');
  return join(templates, `${name}-${digest.slice(0, 16)}`);
}

/** Makes a folder, by `fill`, whole or not at all: neither a kill nor a power cut leaves a half made one behind. */
export async function makeWhole(dir: string, fill: (fresh: string) => Promise<void> | void): Promise<void> {
  const fresh = `${dir}.new`;
  await rm(fresh, { recursive: true, force: true });
  await fill(fresh);
  await syncAll(fresh);
  await rename(fresh, dir);
  await sync(dirname(dir));
}
