import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';
/** Homes of a whole run take well under one. */
const ROOM = 8 * 2 ** 30;

const folder = join(memory, `homes-of-tests-${process.pid}`);

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What runs that were killed have left. */
function sweep(): void {
  for (const name of readdirSync(memory)) {
    const pid = /^homes-of-tests-(\d+)$/.exec(name)?.[1];
    // What such a run had begun may be ending yet, and write there.
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(memory, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The temporary folder of the tests lies in memory where that has room: a home is a thousand small files, made and removed. */
export function setup(): void {
  if (!hasRoom()) return;
  sweep();
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
