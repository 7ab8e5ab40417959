import type { Registry } from '../registry/registry.ts';

/** Files that this process, or another that lives, is taking in at the moment: they are nobody else's to end. */
export function filesInHand({ locks }: Registry): Promise<ReadonlySet<number>> {
  return locks.held();
}

/** Holds a file while it is taken in. */
export function inHand<T>({ locks }: Registry, file: number, work: () => Promise<T>): Promise<T> {
  return locks.hold(file, work);
}
