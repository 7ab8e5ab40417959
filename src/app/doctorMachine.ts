import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { Space } from './diskGuard.ts';
import type { Finding } from './doctorFinding.ts';

/** What the doctor reads of the machine it runs on. */
export interface Machine {
  /** Version of Node.js. */
  readonly node: string;
  /** Bytes of memory that the program and its engine may take: of the machine, or of the container where it holds less. */
  readonly memory: number;
  /** Milliseconds since 1970 by the clock of this machine. */
  clock(): number;
  /** Space of the disk a folder lies on, in bytes. */
  disk(dir: string): Space;
}

const GIB = 2 ** 30;
/** A statement may take 1.4 GB, and the processes need room beside it. */
const LEAST_MEMORY = 3 * GIB;
const LEAST_DISK = 2 * GIB;
const LEAST_NODE = 20;

/** The machine this process runs on. */
export const thisMachine: Machine = {
  node: process.versions.node,
  memory: memoryHere(),
  clock: () => Date.now(),
  disk: (dir) => {
    const { bavail, blocks, bsize } = statfsSync(dir);
    return { free: bavail * bsize, total: blocks * bsize };
  },
};

function memoryHere(): number {
  const held = process.constrainedMemory();
  return held > 0 ? Math.min(held, totalmem()) : totalmem();
}

/** Whether Node.js is new enough. */
export function nodeFound({ node }: Machine): Finding {
  return { ok: Number(node.split('.')[0]) >= LEAST_NODE, text: { zh: `Node.js ${node}`, en: node } };
}

/** Whether the disk of the home has room for what the stores write on their way. */
export function diskFound({ disk }: Machine, dir: string): Finding {
  const { free } = disk(dir);
  const gib = (free / GIB).toFixed(1);
  return { ok: isRoomy(free), text: { zh: `剩余 ${gib} GiB，数据目录 ${dir}`, en: `${gib} GiB free at ${dir}` } };
}

/** Whether a disk has more than the 2 GiB that imports and merges may write before they free what they replace. */
export const isRoomy = (free: number): boolean => free > LEAST_DISK;

/** Whether the machine has the memory that statements may take. */
export function memoryFound({ memory }: Machine): Finding {
  const gib = (memory / GIB).toFixed(1);
  return {
    ok: memory >= LEAST_MEMORY,
    text: { zh: `共 ${gib} GiB，一条语句最多用 1.3 GiB`, en: `${gib} GiB in all; a statement may take 1.3 GiB` },
  };
}
