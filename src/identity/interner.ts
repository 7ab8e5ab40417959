const LOAD = 0.6;

/** Gives 64-bit numbers dense ordinals, in the order they are first seen; typed arrays, so that millions stay small. */
export class Interner {
  #slots: Uint32Array;
  #low: Uint32Array;
  #high: Uint32Array;
  #count = 0;

  constructor(expected = 1024) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected / LOAD)));
    this.#slots = new Uint32Array(capacity);
    this.#low = new Uint32Array(Math.ceil(capacity * LOAD) + 1);
    this.#high = new Uint32Array(Math.ceil(capacity * LOAD) + 1);
  }

  get size(): number {
    return this.#count;
  }

  /** Ordinal of a number given by its two halves; a new one gets the next. */
  add(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    let at = hash(low, high) & mask;
    for (let slot = this.#slots[at] ?? 0; slot !== 0; slot = this.#slots[at] ?? 0) {
      if (this.#low[slot - 1] === low && this.#high[slot - 1] === high) return slot - 1;
      at = (at + 1) & mask;
    }
    const ordinal = this.#count++;
    this.#slots[at] = ordinal + 1;
    this.#low[ordinal] = low;
    this.#high[ordinal] = high;
    if (this.#count > this.#slots.length * LOAD) this.#grow();
    return ordinal;
  }

  low(ordinal: number): number {
    return this.#low[ordinal] ?? 0;
  }

  high(ordinal: number): number {
    return this.#high[ordinal] ?? 0;
  }

  #grow(): void {
    const capacity = this.#slots.length * 2;
    const slots = new Uint32Array(capacity);
    const low = new Uint32Array(Math.ceil(capacity * LOAD) + 1);
    const high = new Uint32Array(Math.ceil(capacity * LOAD) + 1);
    low.set(this.#low);
    high.set(this.#high);
    for (let i = 0; i < this.#count; i += 1) {
      let at = hash(low[i] ?? 0, high[i] ?? 0) & (capacity - 1);
      while (slots[at] !== 0) at = (at + 1) & (capacity - 1);
      slots[at] = i + 1;
    }
    this.#slots = slots;
    this.#low = low;
    this.#high = high;
  }
}

/** The numbers are hashes already; this only folds their halves. */
function hash(low: number, high: number): number {
  return (low ^ Math.imul(high, 0x9e3779b1)) >>> 0;
}
