import { readState, writeState } from '../../intake/journal.ts';
import type { Registry } from '../../registry/registry.ts';

/** What one run of a question took of the engine. */
export interface Run {
  /** Without what it had to keep first, which is there the next time. */
  readonly seconds: number;
  /** Most bytes of memory at once; 0 where it was over before that could be seen. */
  readonly memory: number;
  /** Rows it read; 0 where it was over before that could be seen. */
  readonly rows: number;
  /** Rows that all tables had then. */
  readonly size: number;
}

type Book = Readonly<Record<string, readonly Run[]>>;

const NAME = 'runs';
/** Runs remembered of an analysis. */
const REMEMBERED = 5;
/** Seconds from which a run is worth writing down, for the next start of the program. */
const WRITTEN_SECONDS = 1;

/** The latest runs of every analysis, the last last. Note: servers of one registry may each forget a run of another. */
export class Runs {
  readonly #registry: Registry;
  #book: Promise<Map<string, readonly Run[]>> | undefined;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async of(analysis: string): Promise<readonly Run[]> {
    return (await this.#read()).get(analysis) ?? [];
  }

  async all(): Promise<readonly Run[]> {
    return [...(await this.#read()).values()].flat();
  }

  async add(analysis: string, run: Run): Promise<void> {
    const book = await this.#read();
    book.set(analysis, [...(book.get(analysis) ?? []), run].slice(-REMEMBERED));
    if (run.seconds < WRITTEN_SECONDS) return;
    // Note: an answer stands, whether or not what it cost could be written down.
    await writeState(this.#registry, NAME, Object.fromEntries(book)).catch(() => {});
  }

  #read(): Promise<Map<string, readonly Run[]>> {
    this.#book ??= readState<Book>(this.#registry, NAME).then((book) => new Map(Object.entries(book ?? {})));
    return this.#book;
  }
}
