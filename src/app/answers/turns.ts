import { UnavailableError } from '../../base/errors.ts';

/** Lets so many works go on at once; the rest wait in the order they came, up to a bound. */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: Array<() => void> = [];
  #going = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** How many works go on, and how many wait. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.#going, waiting: this.#waiting.length };
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#going >= this.#atOnce) await this.#turn();
    else this.#going += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // Note: a turn is handed on without being given back, so that none who comes now goes before who waits.
      if (next) next();
      else this.#going -= 1;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting)
      throw new UnavailableError(
        'busy',
        `${this.#mostWaiting} questions are waiting to be answered already: ask again in a few seconds.`,
      );
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
