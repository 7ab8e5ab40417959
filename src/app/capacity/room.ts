/** Bytes that one question may take at most, however much there is. */
export const MOST_MEMORY = 1_400_000_000;
/** Bytes that the smallest question is given: less makes it write to disk for nothing. */
export const LEAST_MEMORY = 256 * 1024 ** 2;
const SHARE = 0.4;

/** What is known of the memory of this machine, in bytes. */
export interface MachineMemory {
  readonly total: number;
  /** What the container or service is held to; absent, 0 or beyond `total` where it is held to nothing. */
  readonly held: number | undefined;
}

/** Bytes that all questions may take together where config.yaml does not say: two fifths of what there is, one small question at least. */
export function usualMemory({ total, held }: MachineMemory): number {
  const there = held !== undefined && held > 0 ? Math.min(held, total) : total;
  return Math.max(LEAST_MEMORY, Math.floor(there * SHARE));
}

/** Bytes of an amount such as `8 GB` or `512 MB`. */
export function bytesIn(amount: string): number {
  return Number.parseFloat(amount) * 1024 ** (/g/i.test(amount) ? 3 : 2);
}
