import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Dice } from './dice.ts';
import type { Posted, Poster } from './posting.ts';
import type { Scene } from './scene.ts';
import { during } from './stall.ts';

/** Answers while the disk was full, and from when there was room again: until events were taken, and then some. */
export interface DiskFull {
  readonly full: readonly Posted[];
  readonly after: readonly Posted[];
}

/** Fills the disk of a home while events come, and empties it again. */
export async function diskFull({ disk, serving }: Scene, poster: Poster, fullMs: number): Promise<DiskFull> {
  const ballast = fill(disk);
  try {
    // The collector looks at the disk once a second.
    await during(1500, () => poster.post(serving.url, 200));
    const full = await during(fullMs, () => poster.post(serving.url, 200));
    rmSync(ballast);
    return { full, after: await untilTaken(() => poster.post(serving.url, 20)) };
  } finally {
    rmSync(ballast, { force: true });
  }
}

/** Fills the disk, kills what works on it at a random moment, and empties it before the next start: again and again. */
export async function killedWhileFull(scene: Scene, poster: Poster, rounds: number, seed: number): Promise<void> {
  const { disk, serving } = scene;
  const dice = new Dice(seed);
  const post = () => poster.post(serving.url, 100);
  for (let round = 0; round < rounds; round++) {
    await during(dice.between(0, 1000), post);
    const ballast = fill(disk);
    try {
      await during(dice.between(0, 2500), post);
      const victim = dice.pick({ engine: 1, server: 1, tree: 1 });
      if (victim === 'engine') serving.signalEngine('SIGKILL');
      else await serving.kill(victim);
      await pause(dice.between(0, 1000));
    } finally {
      rmSync(ballast);
    }
    await serving.start();
  }
}

async function untilTaken(post: () => Promise<Posted>): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(100)) {
    posted.push(await post());
    if (posted.at(-1)?.status === 200) break;
  }
  return [...posted, ...(await during(300, post))];
}

/** Writes until nothing more fits; gives the file. */
function fill(disk: string): string {
  const path = join(disk, 'ballast');
  const file = openSync(path, 'w');
  try {
    for (const block of [1024 ** 2, 4096]) writeAll(file, Buffer.alloc(block));
  } finally {
    closeSync(file);
  }
  return path;
}

function writeAll(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
