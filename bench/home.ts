import { rmSync } from 'node:fs';
import { openInstallation } from '../src/app/installation.ts';
import type { Context } from '../src/intake/context.ts';
import { sampled } from './sampled.ts';

/** Opens a home with no configuration of the caller's, and closes it when its memory has been read. */
export async function withHome<T>(dir: string, work: (context: Context) => Promise<T>): Promise<T> {
  const installation = await openInstallation(dir, {}, () => new Date());
  try {
    const result = await work(installation.context);
    await sampled();
    return result;
  } finally {
    await installation.close();
  }
}

/** A home with nothing in it: what stood in the folder goes. PostgreSQL's first start is no part of any figure. */
export async function freshHome<T>(dir: string, work: (context: Context) => Promise<T>): Promise<T> {
  rmSync(dir, { recursive: true, force: true });
  return withHome(dir, work);
}
