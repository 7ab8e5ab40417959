/** Luck that is the same for the same seed. */
export interface Dice {
  /** A whole number from 0, below `limit`. */
  readonly int: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly of: <T>(list: readonly T[]) => T;
}

export function dice(seed: number): Dice {
  const next = fractions(seed);
  const int = (limit: number) => Math.floor(next() * limit);
  return {
    int,
    chance: (probability) => next() < probability,
    of: <T>(list: readonly T[]): T => {
      const [one] = list.slice(int(list.length));
      if (one === undefined) throw new RangeError('cannot draw from an empty list');
      return one;
    },
  };
}

/** Numbers in [0, 1): a counter through the finaliser of MurmurHash3 (Appleby, public domain). */
function fractions(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter ^ (counter >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
