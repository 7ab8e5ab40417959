/** Seeded numbers (xorshift32), quick enough for files of a hundred million rows. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 1;
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }

  below(n: number): number {
    return Math.floor((this.next() / 4294967296) * n);
  }

  /** A whole number in [0, n), the low ones often: the square of an even chance. */
  skewed(n: number): number {
    const u = this.next() / 4294967296;
    return Math.floor(u * u * n);
  }
}
