import type { Registry } from '../registry/registry.ts';

const held = new WeakMap<Registry, Set<number>>();

/** Files that this process is taking in at the moment: they are nobody else's to end. */
export function filesInHand(registry: Registry): ReadonlySet<number> {
  return held.get(registry) ?? new Set();
}

/** Holds a file while it is taken in. */
export async function inHand<T>(registry: Registry, file: number, work: () => Promise<T>): Promise<T> {
  const files = held.get(registry) ?? new Set();
  held.set(registry, files.add(file));
  try {
    return await work();
  } finally {
    files.delete(file);
  }
}
