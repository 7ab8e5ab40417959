import { closeSync, fsync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';

/** Milliseconds within which two changes of a folder may bear the same time. */
const TICK_MS = 50;
/** Milliseconds after which every system has written what it was given, asked or not. */
const LONG_AGO_MS = 3_600_000;
/** Files held open at once, of the thousands that parts come to: a process may hold 1024 on some machines, and the engine its own. */
const AT_ONCE = 32;
/** Folders above a part: the engine's own, `store`, a group of tables, a table. */
const PART_DEPTH = 4;
/** Parts that are being written, or on their way out. */
const passing = /^(tmp|delete_tmp)_/;

const sync = promisify(fsync);

/** A folder as it was when it was last brought to disk. */
interface Known {
  readonly changed: number;
  readonly files: ReadonlySet<string>;
  readonly folders: readonly string[];
}

/**
 * Brings to disk what statements have made in the engine's folder: parts, and names of parts and tables. The engine could
 * do so itself, but one file after another, which takes four times as long, and it leaves out the names of what it drops.
 * Note: only the bringing itself is handed to other threads. To hand them a look at a folder costs ten
 * times the look, and every statement looks at every table's.
 */
export class OnDisk {
  readonly #folder: string;
  #known: Map<string, Known> = new Map();
  #work: Promise<unknown> = Promise.resolve();
  #looked = false;
  /** The latest change seen, milliseconds since 1970: the file system's own clock. */
  #latest = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Ends when all that was made before the call is on disk. */
  bring(): Promise<void> {
    const next = this.#work.then(async () => {
      await this.#bringFolder(this.#folder, 0);
      this.#looked = true;
    });
    this.#work = next.catch(() => {});
    return next;
  }

  async #bringFolder(folder: string, depth: number): Promise<void> {
    const changed = this.#changedAt(folder);
    const known = this.#known.get(folder);
    if (changed === undefined) return void this.#known.delete(folder);
    const now = known?.changed === changed ? known : await this.#bringNames(folder, depth, changed);
    await Promise.all(now.folders.map((each) => this.#bringFolder(each, depth + 1)));
  }

  /** Brings what is new in a folder, and then its names, to disk. */
  async #bringNames(folder: string, depth: number, changed: number): Promise<Known> {
    const entries = namesIn(folder).filter(({ name }) => !passing.test(name));
    const known = this.#known.get(folder);
    const atTable = depth === PART_DEPTH - 1;
    const inside = entries.filter((entry) => entry.isFile() || atTable).map(({ name }) => name);
    const fresh = inside.filter((name) => !known?.files.has(name)).map((name) => join(folder, name));
    await Promise.all(fresh.map((path) => this.#bringPart(path)));
    await synced(folder);
    const folders = atTable ? [] : entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
    const isSettled = this.#latest - changed > TICK_MS;
    const next = { changed: isSettled ? changed : Number.NaN, files: new Set(inside), folders };
    this.#known.set(folder, next);
    return next;
  }

  /** A part, or a file beside parts. Note: at the first look around, what is old was brought to disk long ago. */
  async #bringPart(path: string): Promise<void> {
    const changed = this.#changedAt(path) ?? 0;
    if (!this.#looked && this.#latest - changed > LONG_AGO_MS) return;
    await Promise.all(namesIn(path).map(({ name }) => synced(join(path, name))));
    await synced(path);
  }

  /** When what a path names was last changed or renamed; undefined where it is gone. */
  #changedAt(path: string): number | undefined {
    const at = statSync(path, { throwIfNoEntry: false })?.ctimeMs;
    this.#latest = Math.max(this.#latest, at ?? 0);
    return at;
  }
}

/** What a folder holds: nothing where it is gone, or no folder. */
function namesIn(path: string) {
  return unlessGone(() => readdirSync(path, { withFileTypes: true })) ?? [];
}

const limit = pLimit(AT_ONCE);

const synced = (path: string): Promise<void> =>
  limit(async () => {
    const file = unlessGone(() => openSync(path, 'r'));
    if (file === undefined) return;
    try {
      await sync(file);
    } finally {
      closeSync(file);
    }
  });

/** Merges take parts away at any moment, and have what was in them on disk by then. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return undefined;
    throw error;
  }
}
