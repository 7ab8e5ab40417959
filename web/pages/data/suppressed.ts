import type { Suppression } from '../../../src/api/suppressions.ts';

/** The type of `type:value`. */
export function typeOf(identifier: string): string {
  return identifier.slice(0, Math.max(0, identifier.indexOf(':')));
}

/** The value of `type:value` as it may be shown: of a personal one its keyed hash. */
export function shownOf(identifier: string): string {
  return identifier.slice(identifier.indexOf(':') + 1);
}

/** How many suppressions there are of each type, the most first. */
export function typeCounts(all: readonly Pick<Suppression, 'identifier'>[]): [type: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { identifier } of all) counts.set(typeOf(identifier), (counts.get(typeOf(identifier)) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}
