import { type Dirent, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openInstallation } from '../src/app/installation.ts';
import type { Context } from '../src/intake/context.ts';
import { sampled } from './sampled.ts';

let closed: string | undefined;

/** MB of the home that this process closed last; undefined where there was none, or it is gone. */
export function diskOfHome(): number | undefined {
  const bytes = closed === undefined ? 0 : bytesUnder(closed);
  return bytes === 0 ? undefined : Math.round(bytes / 2 ** 20);
}

function bytesUnder(folder: string): number {
  const sizeOf = (entry: Dirent) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? bytesUnder(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  };
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => sum + sizeOf(entry), 0);
  } catch {
    return 0;
  }
}

/** Opens a home with no configuration of the caller's, and closes it when its memory has been read. */
export async function withHome<T>(dir: string, work: (context: Context) => Promise<T>): Promise<T> {
  const installation = await openInstallation(dir, {}, () => new Date());
  try {
    const result = await work(installation.context);
    await sampled();
    return result;
  } finally {
    await installation.close();
    closed = dir;
  }
}

/** A home with nothing in it: what stood in the folder goes. PostgreSQL's first start is no part of any figure. */
export async function freshHome<T>(dir: string, work: (context: Context) => Promise<T>): Promise<T> {
  rmSync(dir, { recursive: true, force: true });
  return withHome(dir, work);
}
