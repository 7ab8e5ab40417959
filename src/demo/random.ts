/** Seeded numbers (sfc32): the same seed and index give the same sequence on every machine. */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  /** Starts the sequence that belongs to one unit of the make-believe world. */
  restart(seed: number, index: number): void {
    this.a = scramble(seed | 0);
    this.b = scramble(index | 0);
    this.c = scramble((seed ^ Math.imul(index, 0x9e3779b1)) | 0);
    this.d = 1;
    for (let i = 0; i < 10; i++) this.next();
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor((this.next() / 4294967296) * n);
  }

  /** A whole number in [low, high], both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability * 4294967296;
  }

  pick<T>(list: readonly T[]): T {
    return nth(list, this.below(list.length));
  }

  /** An index drawn from a table made by `weighted`. */
  draw(table: Uint16Array): number {
    return table[this.below(table.length)] ?? 0;
  }
}

/** A bijection of the 32-bit numbers that looks like noise: different inputs never meet. */
export function scramble(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** Inverse distribution of the weights: each index stands in the table in proportion to its weight. */
export function weighted(weights: readonly number[], size = 1024): Uint16Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table = new Uint16Array(size);
  let index = 0;
  let reached = weights[0] ?? 0;
  for (let i = 0; i < size; i++) {
    while (index < weights.length - 1 && reached <= ((i + 0.5) / size) * total) reached += weights[++index] ?? 0;
    table[i] = index;
  }
  return table;
}

/** The element that must be there. */
export function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return found;
}
