/** Those who are in exactly these sets and in no other. */
export interface SetGroup {
  readonly sets: readonly string[];
  readonly count: number;
}

/** A group by the names of its sets, `|` between. */
export function groupOf(names: string, count: number): SetGroup {
  return { sets: names.split('|'), count };
}

/** A set and how many are in it at all. */
export interface SetSize {
  readonly name: string;
  readonly size: number;
}

/** The sets that groups name, the largest first; level ones as they came. */
export function setsOf(groups: readonly SetGroup[]): SetSize[] {
  const sizes = new Map<string, number>();
  for (const { sets, count } of groups) for (const name of sets) sizes.set(name, (sizes.get(name) ?? 0) + count);
  return [...sizes].map(([name, size]) => ({ name, size })).toSorted((a, b) => b.size - a.size);
}

/** The first and the last of the sets that a group is in, by their places; a line joins the dots between. */
export function spanOf(group: SetGroup, sets: readonly SetSize[]): readonly [number, number] {
  const places = sets.flatMap(({ name }, at) => (group.sets.includes(name) ? [at] : []));
  return [places[0] ?? -1, places.at(-1) ?? -1];
}
