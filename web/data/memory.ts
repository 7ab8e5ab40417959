/** Bodies by question with the ETag they came with, so that an unchanged answer is not sent twice. */
export interface Remembered {
  readonly etag: string;
  readonly body: unknown;
}

/** Keeps the last `most` answers; what was used longest ago leaves first. */
export function makeMemory(most: number) {
  const kept = new Map<string, Remembered>();
  return {
    read(key: string): Remembered | undefined {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    write(key: string, remembered: Remembered): void {
      kept.delete(key);
      kept.set(key, remembered);
      const oldest = kept.size > most ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
    clear(): void {
      kept.clear();
    },
  };
}
