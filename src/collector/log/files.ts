import { randomInt } from 'node:crypto';
import { constants, open } from 'node:fs/promises';

/** A segment's name on disk. The salt is chance; it is known to nobody who sends. */
export interface SegmentName {
  /** From 1, never given twice in a folder. */
  readonly number: number;
  readonly salt: number;
}

const SALTS = 2 ** 32;

export const newName = (number: number): SegmentName => ({ number, salt: randomInt(SALTS) });

/** `000000000001.89abcdef.log` */
export function fileName({ number, salt }: SegmentName): string {
  return `${String(number).padStart(12, '0')}.${salt.toString(16).padStart(8, '0')}.log`;
}

export function readName(name: string): SegmentName | undefined {
  const [, number, salt] = /^(\d{12})\.([0-9a-f]{8})\.log$/.exec(name) ?? [];
  return number && salt ? { number: Number(number), salt: Number.parseInt(salt, 16) } : undefined;
}

/** What the log does to the file it writes; a test puts a failing one in its place. */
export interface SegmentFile {
  /** Writes all parts, one after another, from a position on. */
  write(parts: readonly Buffer[], position: number): Promise<void>;
  /** What was written is on disk. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a segment's file to be written; one that is not there is made. */
export async function openSegmentFile(path: string): Promise<SegmentFile> {
  const handle = await open(path, constants.O_CREAT | constants.O_RDWR, 0o600);
  return {
    write: async (parts, position) => {
      const { bytesWritten } = await handle.writev(parts, position);
      const whole = parts.reduce((sum, part) => sum + part.length, 0);
      if (bytesWritten === whole) return;
      const rest = Buffer.concat(parts).subarray(bytesWritten);
      await writeAll(handle, rest, position + bytesWritten);
    },
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

/** Names made in a folder or taken from it are on disk. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
