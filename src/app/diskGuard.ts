import { statfs } from 'node:fs/promises';
import { UnavailableError } from '../base/errors.ts';

const LEAST_BYTES = 2 * 1024 ** 3;
const LEAST_SHARE = 0.05;

/** Space of the disk a folder lies on, in bytes. */
export interface Space {
  readonly free: number;
  readonly total: number;
}

export async function spaceOf(dir: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(dir);
  return { free: bavail * bsize, total: blocks * bsize };
}

/** Refuses what would leave less than 2 GB or 5 % of a disk free: the stores of a home need room to work. */
export function requireRoom({ free, total }: Space, bytes: number): void {
  const kept = Math.max(LEAST_BYTES, LEAST_SHARE * total);
  if (free - bytes >= kept) return;
  const short = Math.ceil((kept + bytes - free) / 1024 ** 2);
  throw new UnavailableError(
    'disk_full',
    `The server's disk has too little room for ${bytes} bytes: ${short} MB more must be free. Free some, then try again.`,
  );
}
