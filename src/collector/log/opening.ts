import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { begin, type Current, type OpenFile } from './current.ts';
import { fileName, readName, type SegmentName, syncFolder } from './files.ts';
import { recordsOf } from './record.ts';
import { firstReceived, type SegmentParts } from './segment.ts';

/** What a folder holds of a log. */
export interface Opened {
  readonly sealed: readonly Pick<SegmentParts, 'name' | 'bytes' | 'oldest'>[];
  readonly current: Current;
}

/** Reads the folder of a log, and cuts off what a crash left half written: it was never acknowledged. */
export async function openFolder(dir: string, openFile: OpenFile): Promise<Opened> {
  const made = await mkdir(dir, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(made));
  const files = await readdir(dir);
  const names = files.map(readName).filter((name) => name !== undefined);
  names.sort((left, right) => left.number - right.number);
  const last = names.at(-1);
  const sealed = (await Promise.all(names.slice(0, -1).map((name) => sealedOf(dir, name)))).filter(
    (parts) => parts !== undefined,
  );
  if (!last) return { sealed, current: await begin(dir, highest(files) + 1, openFile) };
  const { bytes, oldest, damaged } = await mended(dir, last);
  if (!damaged) {
    const file = await openFile(join(dir, fileName(last)));
    return { sealed, current: { name: last, file, bytes, oldest, spoiled: false } };
  }
  const current = await begin(dir, last.number + 1, openFile);
  return { sealed: [...sealed, { name: last, bytes, oldest }], current };
}

/** The highest number that any file of the folder bears, so also one that was kept aside. */
function highest(files: readonly string[]): number {
  return Math.max(0, ...files.map((file) => Number(/^(\d{12})\./.exec(file)?.[1] ?? 0)));
}

/** A segment that was written to no more; one that never held anything is done away with. */
async function sealedOf(dir: string, name: SegmentName): Promise<Opened['sealed'][number] | undefined> {
  const path = join(dir, fileName(name));
  const { size } = await stat(path);
  if (size > 0) return { name, bytes: size, oldest: await firstReceived(path) };
  await rm(path);
  return undefined;
}

interface Mended {
  readonly bytes: number;
  readonly oldest: number | undefined;
  /** Between its good records stand bytes that are none. */
  readonly damaged: boolean;
}

async function mended(dir: string, name: SegmentName): Promise<Mended> {
  const path = join(dir, fileName(name));
  const content = await readFile(path);
  const found = [...recordsOf(content, name.salt)];
  const last = found.findLast((record) => record.entry);
  const bytes = last?.end ?? 0;
  if (bytes < content.length) await cut(path, bytes);
  return {
    bytes,
    oldest: found.find((record) => record.entry)?.entry?.received,
    damaged: found.some((record) => !record.entry && record.offset < bytes),
  };
}

async function cut(path: string, bytes: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
