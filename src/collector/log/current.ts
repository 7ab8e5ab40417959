import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '../entry.ts';
import { fileName, newName, type SegmentFile, type SegmentName, syncFolder } from './files.ts';
import { encode } from './record.ts';

/** The segment that is written to: every byte up to `bytes` is on disk and acknowledged. */
export interface Current {
  readonly name: SegmentName;
  readonly file: SegmentFile;
  readonly bytes: number;
  readonly oldest: number | undefined;
  /** Its file may hold bytes beyond `bytes`, or the disk refused to sync it: nothing more may be written to it. */
  readonly spoiled: boolean;
}

export type OpenFile = (path: string) => Promise<SegmentFile>;

/** A new segment, empty. Its name is on disk before anything is, so that its number is never given again. */
export async function begin(dir: string, number: number, openFile: OpenFile): Promise<Current> {
  const name = newName(number);
  const path = join(dir, fileName(name));
  const file = await openFile(path);
  try {
    await syncFolder(dir);
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  return { name, file, bytes: 0, oldest: undefined, spoiled: false };
}

/** What became of a batch: the segment as it is now, and why the batch is not in it. */
export interface Written {
  readonly current: Current;
  readonly fault?: unknown;
}

/** Puts entries on disk with one write and one sync. Where that fails, the file is as it was before. */
export async function write(current: Current, entries: readonly Entry[]): Promise<Written> {
  const records = entries.map((entry) => encode(entry, current.name.salt));
  const length = records.reduce((sum, record) => sum + record.bytes, 0);
  let written = false;
  try {
    await current.file.write(
      records.flatMap((record) => record.parts),
      current.bytes,
    );
    written = true;
    await current.file.sync();
  } catch (fault) {
    const cut = await truncated(current);
    // After a failed sync the kernel may have dropped pages it calls clean: no later sync of this file can be believed.
    return { current: { ...current, spoiled: written || !cut }, fault };
  }
  return { current: { ...current, bytes: current.bytes + length, oldest: current.oldest ?? entries[0]?.received } };
}

async function truncated({ file, bytes }: Current): Promise<boolean> {
  try {
    await file.truncate(bytes);
    return true;
  } catch {
    return false;
  }
}
