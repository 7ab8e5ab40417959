import { randomBytes } from 'node:crypto';
import { InputError } from '../../base/errors.ts';
import { CancelledError, type Watch } from '../../base/progress.ts';
import type { Context } from '../../intake/context.ts';
import type { Fragment } from '../../warehouse/sql.ts';
import type { UnderWay } from '../../warehouse/warehouse.ts';
import { type Cost, costOf, HEAVY_SECONDS, memoryOf, speedOf } from './cost.ts';
import { metered } from './metered.ts';
import { LEAST_MEMORY, MOST_MEMORY } from './room.ts';
import { Runs } from './runs.ts';
import { Sampler } from './sampler.ts';
import { Sizes } from './sizes.ts';
import { type Standing, Turns, type Wanted } from './turns.ts';

/** What a process has for questions. */
export interface Has {
  readonly slots: number;
  /** Bytes of memory that they may take together. */
  readonly memory: number;
  /** Bytes that one may write to disk on its way; absent where that is not this machine's disk. */
  readonly disk?: () => Promise<number>;
}

/** A question that is asked of the engine. */
export interface Asking {
  /** Id of the analysis, by which its runs are remembered. */
  readonly analysis: string;
  /** Whose turn it takes. */
  readonly asker: string;
  /** The version of the data it is asked of. */
  readonly version: string;
  /** A name that the same question has only as long as nothing it stands on changes; one that was too large is refused under it. */
  readonly tag?: string;
}

/** How a question stands; of one that goes on, the rows read of about `total`, once that is known. */
export type Told = Standing & { readonly rows?: number; readonly total?: number };

const MOST_WAITING = 4000;
/** How the engine says that it is the question's own limit, not what the engine has in all. */
const OWN_LIMIT = /query memory limit|limit \(for query\)/i;
/** Questions remembered as too large. */
const REMEMBERED = 1000;

/** One question from its asking to its end. */
export class Ask {
  readonly asking: Asking;
  readonly label = `question ${randomBytes(8).toString('hex')}`;
  readonly ending = new AbortController();
  wanted: Wanted | undefined;
  seen: UnderWay | undefined;

  constructor(asking: Asking) {
    this.asking = asking;
  }
}

/** Who may ask the engine now, with how much memory, and what that was worth. One a process. */
export class Capacity {
  readonly #context: Context;
  readonly #has: Has;
  readonly #most: number;
  readonly #turns: Turns;
  readonly #runs: Runs;
  readonly #sizes: Sizes;
  readonly #under = new Set<Ask>();
  readonly #tooLarge = new Set<string>();

  constructor(context: Context, has: Has) {
    this.#context = context;
    this.#has = has;
    this.#most = Math.min(MOST_MEMORY, has.memory);
    this.#turns = new Turns({ ...has, mostWaiting: MOST_WAITING, clock: () => performance.now() });
    this.#runs = new Runs(context.registry);
    this.#sizes = new Sizes(context.warehouse);
  }

  get load() {
    return this.#turns.load;
  }

  standing({ wanted, seen }: Ask): Told | undefined {
    const standing = wanted && this.#turns.standing(wanted);
    if (standing?.state !== 'running' || !seen || seen.total === 0) return standing;
    return { ...standing, rows: seen.rows, total: Math.max(seen.rows, seen.total) };
  }

  /** Does the work of a question when its turn has come; one that runs out of memory is tried once more with all it may have. */
  async ask<T>(ask: Ask, work: (context: Context) => Promise<T>, watch = this.#context.watch): Promise<T> {
    const { analysis, tag = '', version } = ask.asking;
    if (this.#tooLarge.has(tag)) throw tooLarge(this.#most);
    const [size, runs] = [await this.#sizes.total(version), await this.#runs.of(analysis)];
    const memory = memoryOf(size, runs, { least: LEAST_MEMORY, most: this.#most });
    const { seconds } = costOf({ rows: size, bytes: 0, size }, runs, speedOf(await this.#runs.all()), memory);
    const likely = (seconds.from + seconds.to) / 2;
    this.#under.add(ask);
    try {
      return await this.#once(ask, { memory, seconds: likely, size, watch }, work).catch((error: unknown) => {
        if (!isMemory(error) || ask.ending.signal.aborted) throw error;
        return this.#once(ask, { memory: this.#most, seconds: likely, size, watch, spills: true }, work);
      });
    } catch (error) {
      if (isMemory(error) && OWN_LIMIT.test(String(error))) this.#remember(tag);
      throw error;
    } finally {
      this.#under.delete(ask);
    }
  }

  /** Ends a question: it leaves the queue, or the engine's work on it is stopped. */
  async cancel(ask: Ask): Promise<void> {
    if (ask.ending.signal.aborted) return;
    ask.ending.abort();
    await this.#context.warehouse.cancel(ask.label);
  }

  /** What a question is thought to cost. */
  async cost(analysis: string, version: string, question: Fragment): Promise<Cost> {
    const reading = await this.#sizes.reading(version, question);
    const runs = await this.#runs.of(analysis);
    const memory = memoryOf(reading.size, runs, { least: LEAST_MEMORY, most: this.#most });
    return costOf(reading, runs, speedOf(await this.#runs.all()), memory);
  }

  /** False where a question cannot be heavy, told without asking the engine what it would read. */
  async mayBeHeavy(analysis: string, version: string): Promise<boolean> {
    const [size, runs] = [await this.#sizes.total(version), await this.#runs.of(analysis)];
    const slowest = Math.max(0, ...runs.map(({ seconds }) => seconds));
    return slowest >= HEAVY_SECONDS || size >= HEAVY_SECONDS * speedOf(await this.#runs.all());
  }

  /** Ends every question under way: the home is let go. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#under].map((ask) => this.cancel(ask)));
  }

  async #once<T>(ask: Ask, given: Given, work: (context: Context) => Promise<T>): Promise<T> {
    const { memory, seconds, size, watch, spills = false } = given;
    const { signal } = ask.ending;
    const context = this.#context;
    const wanted = { asker: ask.asking.asker, memory, seconds };
    ask.wanted = wanted;
    const attempt = async () => {
      const diskBytes = await this.#has.disk?.();
      const bounds = {
        label: ask.label,
        signal,
        memoryBytes: memory,
        spills,
        ...(diskBytes === undefined ? {} : { diskBytes }),
      };
      const sampler = new Sampler(async () => {
        const seen = await context.warehouse.underWay(ask.label);
        if (seen.statements > 0) ask.seen = seen;
        return seen;
      });
      // Note: what a question had to keep first, such as tags, the next one finds: only what came after tells what one costs.
      let begun = performance.now();
      const wrote = () => {
        begun = performance.now();
      };
      try {
        const result = await work({
          ...context,
          warehouse: metered(context.warehouse, { ...bounds, wrote }),
          watch: heeding(watch, signal),
        });
        const took = (performance.now() - begun) / 1000;
        await this.#runs.add(ask.asking.analysis, { seconds: took, ...sampler.most, size });
        return result;
      } finally {
        sampler.end();
      }
    };
    return this.#turns.take(wanted, () => context.gate.shared(attempt), signal);
  }

  #remember(tag: string): void {
    if (tag === '') return;
    if (this.#tooLarge.size >= REMEMBERED) this.#tooLarge.clear();
    this.#tooLarge.add(tag);
  }
}

interface Given {
  readonly memory: number;
  readonly seconds: number;
  readonly size: number;
  readonly watch: Watch;
  readonly spills?: boolean;
}

/** The same watch, which ends the work once the question is cancelled. */
function heeding(watch: Watch, signal: AbortSignal): Watch {
  return (progress) => {
    if (signal.aborted) throw new CancelledError(false);
    watch(progress);
  };
}

const isMemory = (error: unknown): boolean => error instanceof InputError && error.code === 'query_memory';

function tooLarge(most: number): InputError {
  return new InputError(
    'query_memory',
    `The question was asked before and did not fit into ${Math.round(most / 1024 ** 2)} MB of memory: narrow its dates or scope.`,
  );
}
