import { setTimeout as pause } from 'node:timers/promises';
import type { Registry } from '../registry/registry.ts';
import { sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Answers } from './answers.ts';
import { spaceOf } from './diskGuard.ts';
import type { Live } from './live/live.ts';
import { type LiveSource, sourcesIn } from './live/sources.ts';

/** Parts, rows and bytes that the facts and all beside them take on disk, after compression. */
export interface Stored {
  readonly parts: number;
  readonly rows: number;
  readonly bytes: number;
}

/** Jobs of a kind that are in a state. */
export interface JobCount {
  readonly kind: string;
  readonly state: string;
  readonly jobs: number;
}

/** How a served home stands at a moment; what could not be read in time is as it was last, or absent. */
export interface Readings {
  readonly questions: { readonly running: number; readonly waiting: number };
  readonly jobs: readonly JobCount[];
  readonly sources: readonly LiveSource[];
  readonly refused: Readonly<Record<string, number>>;
  readonly log: { readonly bytes: number; readonly segments: number; readonly lagSeconds: number };
  readonly stored: Stored | undefined;
  readonly disk: { readonly free: number; readonly total: number } | undefined;
  readonly up: { readonly warehouse: boolean; readonly registry: boolean };
}

export interface ReadFrom {
  readonly warehouse: Warehouse;
  readonly registry: Registry;
  readonly answers: Answers;
  readonly live: Live;
  /** Folder of the home. */
  readonly dir: string;
  readonly now: () => Date;
  /** Whether the two stores answer. */
  up(): Promise<Readings['up']>;
}

/** Milliseconds that a reading may take before the one before it is told. */
const WAIT_MS = 1000;

/** Reads all figures at once. Note: readings that the stores do not give in time never pile up. */
export function openReadings(from: ReadFrom): () => Promise<Readings> {
  const jobs = new Latest(() => jobsIn(from.registry));
  const sources = new Latest(() => sourcesIn(from.registry));
  const stored = new Latest(() => storedIn(from.warehouse));
  const disk = new Latest(() => spaceOf(from.dir));
  return async () => {
    const { waiting, refused } = from.live.load();
    const { bytes, segments, oldest } = waiting;
    const lagSeconds = oldest === undefined ? 0 : Math.max(0, (from.now().getTime() - oldest) / 1000);
    const [up, jobsNow, sourcesNow, storedNow, diskNow] = await Promise.all([
      from.up(),
      jobs.read(),
      sources.read(),
      stored.read(),
      disk.read(),
    ]);
    return {
      questions: from.answers.load(),
      jobs: jobsNow ?? [],
      sources: sourcesNow ?? [],
      refused,
      log: { bytes, segments, lagSeconds },
      stored: storedNow,
      disk: diskNow,
      up,
    };
  };
}

/** The latest of a reading; one is taken at a time. */
class Latest<T> {
  readonly #take: () => Promise<T>;
  #value: T | undefined;
  #taking: Promise<void> | undefined;

  constructor(take: () => Promise<T>) {
    this.#take = take;
  }

  async read(): Promise<T | undefined> {
    this.#taking ??= this.#once();
    const waiting = new AbortController();
    await Promise.race([
      this.#taking,
      pause(WAIT_MS, undefined, { signal: waiting.signal, ref: false }).catch(() => {}),
    ]);
    waiting.abort();
    return this.#value;
  }

  async #once(): Promise<void> {
    try {
      this.#value = await Promise.resolve().then(this.#take);
    } catch {
      this.#value = undefined;
    } finally {
      this.#taking = undefined;
    }
  }
}

async function jobsIn(registry: Registry): Promise<JobCount[]> {
  return registry.rows<JobCount & Record<string, unknown>>(
    'select kind, status as state, count(*) as jobs from job group by kind, status order by kind, status',
  );
}

/** Note: of a cluster, what the server asked keeps. */
async function storedIn(warehouse: Warehouse): Promise<Stored | undefined> {
  const [row] = await warehouse.rows<Stored & Record<string, unknown>>(
    sql`SELECT count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes
      FROM system.parts WHERE active AND database = currentDatabase()`,
  );
  return row;
}
