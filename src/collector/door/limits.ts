/** What the door bears. A test gives its own. */
export interface Limits {
  /** Longest wait for the next byte of a body. */
  readonly idleMs: number;
  /** Longest time a body may take in all. */
  readonly wholeMs: number;
  /** Longest time that the rest of a body is read and thrown away after the reply, so that the reply arrives. */
  readonly lingerMs: number;
  /** Most bytes of bodies in memory, over all requests. */
  readonly mostHeld: number;
}

export const usualLimits: Limits = { idleMs: 15_000, wholeMs: 60_000, lingerMs: 2_000, mostHeld: 256 * 1024 ** 2 };

/** Bytes of bodies in memory, over all requests of a door. */
export class Held {
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False, and nothing counted, where so many more would be too many. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#most) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }
}
