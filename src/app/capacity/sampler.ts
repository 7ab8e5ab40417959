import type { UnderWay } from '../../warehouse/warehouse.ts';

/** Milliseconds until the engine is asked for the first time how far it is, and between any two times. */
const FIRST_MS = 400;
const NEXT_MS = 1000;

/** Asks from time to time how far a question is, and keeps the most that was told. What is over sooner is not asked about. */
export class Sampler {
  readonly #look: () => Promise<UnderWay>;
  #timer: NodeJS.Timeout;
  #ended = false;
  #most = { memory: 0, rows: 0 };

  constructor(look: () => Promise<UnderWay>) {
    this.#look = look;
    this.#timer = this.#after(FIRST_MS);
  }

  /** Most bytes of memory at once, and rows that the engine read or means to read. */
  get most(): { readonly memory: number; readonly rows: number } {
    return this.#most;
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #after(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#once(), ms).unref();
  }

  async #once(): Promise<void> {
    try {
      const { memory, rows, total } = await this.#look();
      const most = this.#most;
      this.#most = { memory: Math.max(most.memory, memory), rows: Math.max(most.rows, rows, total) };
    } catch {
      // Note: how far a question is, is told where it can be; the question itself tells what is wrong with the engine.
    }
    if (!this.#ended) this.#timer = this.#after(NEXT_MS);
  }
}
