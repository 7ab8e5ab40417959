import { setTimeout as pause } from 'node:timers/promises';

export interface ProbeOptions {
  /** Milliseconds for which an answer is good. */
  readonly freshMs?: number;
  /** Milliseconds that somebody who asks waits for a new one. */
  readonly waitMs?: number;
  /** Milliseconds after which what is asked counts as gone though it has not failed: it may only be busy. */
  readonly patienceMs: number;
  /** Milliseconds of a clock that only goes on. */
  clock(): number;
}

const FRESH_MS = 1000;
const WAIT_MS = 500;

/** Whether something still answers. However many ask, and however long it takes, it is asked once at a time. */
export class Probe {
  readonly #ask: () => Promise<unknown>;
  readonly #options: Required<ProbeOptions>;
  #answers = true;
  #at: number | undefined;
  #asked: { readonly since: number; readonly over: Promise<void> } | undefined;

  constructor(ask: () => Promise<unknown>, options: ProbeOptions) {
    this.#ask = ask;
    this.#options = { freshMs: FRESH_MS, waitMs: WAIT_MS, ...options };
  }

  async answers(): Promise<boolean> {
    const { freshMs, waitMs, patienceMs, clock } = this.#options;
    if (this.#at !== undefined && clock() - this.#at < freshMs) return this.#answers;
    this.#asked ??= { since: clock(), over: this.#once() };
    const { since, over } = this.#asked;
    const waiting = new AbortController();
    await Promise.race([over, pause(waitMs, undefined, { signal: waiting.signal, ref: false }).catch(() => {})]);
    waiting.abort();
    return this.#asked === undefined ? this.#answers : this.#answers && clock() - since < patienceMs;
  }

  async #once(): Promise<void> {
    try {
      await Promise.resolve().then(this.#ask);
      this.#answers = true;
    } catch {
      this.#answers = false;
    } finally {
      this.#at = this.#options.clock();
      this.#asked = undefined;
    }
  }
}
