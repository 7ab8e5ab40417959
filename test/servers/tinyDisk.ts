import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own for one server of a test. */
export interface TinyDisk {
  readonly folder: string;
  /** Fills it up but for so many bytes. */
  fill(left: number): void;
  /** Takes away what filled it. */
  makeRoom(): void;
  /** Bytes that are free. */
  free(): number;
  /** Gives it back. */
  remove(): void;
}

/** Why no disk can be made here, as the reason of a skip; undefined where it can. */
export function diskMissing(): string | undefined {
  try {
    makeTinyDisk(1).remove();
    return undefined;
  } catch {
    return 'only root may make a disk of its own, on Linux';
  }
}

/** Makes a disk of so many MiB, in memory. */
export function makeTinyDisk(mebibytes: number): TinyDisk {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-disk-'));
  const mount = (program: string, ...args: string[]) => execFileSync(program, [...args, folder], { stdio: 'ignore' });
  try {
    mount('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'tmpfs');
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const ballast = join(folder, 'ballast');
  const free = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    free,
    fill: (left) => writeFileSync(ballast, Buffer.alloc(Math.max(0, free() - left))),
    makeRoom: () => rmSync(ballast, { force: true }),
    remove: () => {
      // Note: a server that was killed may hold a file for a moment longer.
      mount('umount', '--lazy');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
