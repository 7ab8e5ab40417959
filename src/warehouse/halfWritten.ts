import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Tables that only work under way needs: made again when it is begun again. */
const workTable = /^(?:(?:stage|turned|fate)_\d|moving_|identity_|doomed\.)/;

/** Files that the engine cannot open its folder with when they are empty, and whose statement was then never done. */
const isNote = (name: string): boolean =>
  /^mutation_\d+\.txt$/.test(name) || (name.endsWith('.sql') && workTable.test(name));

/**
 * Takes away what the engine left empty when its disk was full: notes of a change of rows, and work tables. Note: it
 * writes them under their final names, tells that they failed, and does not open with them after the next kill.
 */
export async function dropHalfWritten(folder: string): Promise<void> {
  const store = join(folder, 'store');
  for (const group of await namesIn(store))
    for (const own of await namesIn(join(store, group))) {
      const dir = join(store, group, own);
      for (const name of await namesIn(dir)) if (isNote(name)) await dropEmpty(join(dir, name));
    }
}

async function dropEmpty(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size === 0) await rm(path);
}

/** Names in a folder; none where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) return [];
    throw error;
  }
}
