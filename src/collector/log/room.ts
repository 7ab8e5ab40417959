import { statfs } from 'node:fs/promises';
import { LogFull } from './errors.ts';

/** Space of the disk a folder lies on, in bytes. */
export interface DiskSpace {
  readonly free: number;
  readonly total: number;
}

export async function diskSpace(dir: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(dir);
  return { free: bavail * bsize, total: blocks * bsize };
}

const MB = 1024 ** 2;

/**
 * What must stay free: the stores that share the disk need room to merge and to empty the log. A small disk keeps
 * 5 %, so that the guard is never the whole of it.
 */
export const reserveOf = ({ total }: DiskSpace): number => Math.min(512 * MB, Math.floor(total / 20));

/** Knows how much may still be written to a disk, with one look a second at most. */
export class Room {
  readonly #look: () => Promise<DiskSpace>;
  readonly #reserve: number | undefined;
  readonly #lookMs: number;
  #space: DiskSpace;
  /** The last look is new enough, or the next is under way. */
  #fresh = true;

  constructor(space: DiskSpace, look: () => Promise<DiskSpace>, reserve: number | undefined, lookMs = 1_000) {
    this.#space = space;
    this.#look = look;
    this.#reserve = reserve;
    this.#lookMs = lookMs;
    this.#age();
  }

  /** Why so many bytes cannot be written now. */
  refusal(bytes: number): LogFull | undefined {
    if (!this.#fresh) void this.#refresh();
    const { free } = this.#space;
    const reserve = this.#reserve ?? reserveOf(this.#space);
    if (free - bytes >= reserve) return undefined;
    return new LogFull(
      `The disk of the event log has ${Math.floor(free / MB)} MB free, and ${Math.ceil(reserve / MB)} MB stay reserved: free some room.`,
    );
  }

  /** Counts what was written since the last look. */
  spend(bytes: number): void {
    this.#space = { ...this.#space, free: this.#space.free - bytes };
  }

  async #refresh(): Promise<void> {
    this.#fresh = true;
    try {
      this.#space = await this.#look();
    } catch {
      // the last look stands until one succeeds
    }
    this.#age();
  }

  #age(): void {
    setTimeout(() => {
      this.#fresh = false;
    }, this.#lookMs).unref();
  }
}
