import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Placed } from '../entry.ts';
import { fileName, type SegmentName, syncFolder } from './files.ts';
import { HEADER_BYTES, recordsOf } from './record.ts';

/** A segment's content, as it may be passed to another thread. */
export interface Loaded {
  /** What the places of its entries begin with. */
  readonly stem: string;
  readonly salt: number;
  readonly bytes: Uint8Array;
}

/** Bytes of a segment that are no records. */
export interface Damage {
  readonly offset: number;
  readonly bytes: number;
}

/** A part of the log that is written to no more. */
export interface Segment {
  /** Its file's name: no other segment, of whatever log, has the same. */
  readonly name: string;
  readonly bytes: number;
  /** When its first entry was received, milliseconds since 1970; undefined where damage hides it. */
  readonly oldest: number | undefined;
  /** The whole segment; `entriesIn` reads it. */
  load(): Promise<Loaded>;
  /** Says that a reader came upon damage: it is told, and the segment is kept aside when it is removed. */
  noteDamage(damage: Damage): void;
  /**
   * Takes it from the log, for good; one that was found damaged stays beside it as `.damaged`. Once that has ended, not
   * even a power cut brings it back.
   */
  remove(): Promise<void>;
  /** Takes it from the log without losing it: it stays beside it as `.aside`, to be looked into. */
  setAside(): Promise<void>;
}

export interface SegmentParts {
  readonly dir: string;
  readonly name: SegmentName;
  readonly bytes: number;
  readonly oldest: number | undefined;
  readonly onDamage: (what: string) => void;
  readonly onRemove: (segment: Segment) => void;
}

/** The entries of a segment's content, in the order they were acknowledged. */
export function* entriesIn({ stem, salt, bytes }: Loaded, onDamage: (damage: Damage) => void): Generator<Placed> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { offset, end, entry } of recordsOf(content, salt))
    if (entry) yield { entry, place: `${stem}.${offset}` };
    else onDamage({ offset, bytes: end - offset });
}

export function sealedSegment({ dir, name, bytes, oldest, onDamage, onRemove }: SegmentParts): Segment {
  const file = fileName(name);
  const path = join(dir, file);
  const damaged = new Set<number>();
  let removed = false;
  const gone = async () => {
    removed = true;
    onRemove(segment);
    await syncFolder(dir);
  };
  const segment: Segment = {
    name: file,
    bytes,
    oldest,
    load: async () => ({
      stem: file.replace(/\.log$/, ''),
      salt: name.salt,
      bytes: (await readFile(path)).subarray(0, bytes),
    }),
    noteDamage: ({ offset, bytes: length }) => {
      if (damaged.has(offset)) return;
      damaged.add(offset);
      onDamage(`${file} at ${offset}: ${length} bytes are no records`);
    },
    remove: async () => {
      if (removed) return;
      if (damaged.size > 0) await rename(path, `${path}.damaged`);
      else await rm(path, { force: true });
      await gone();
    },
    setAside: async () => {
      if (removed) return;
      await rename(path, `${path}.aside`);
      await gone();
    },
  };
  return segment;
}

const HEAD_MOST = 65_536;

/** When the first entry of a file was received, from its first bytes alone. */
export async function firstReceived(path: string): Promise<number | undefined> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_MOST), 0, HEAD_MOST, 0);
    const line = buffer.toString('utf8', HEADER_BYTES, buffer.subarray(0, bytesRead).indexOf('\n', HEADER_BYTES));
    const { received } = JSON.parse(line) as { received?: unknown };
    return typeof received === 'number' ? received : undefined;
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
