/** Groups of ordinals joined by pairs (union by halving paths towards the smaller ordinal). */
export class Union {
  readonly #parent: Uint32Array;

  constructor(size: number) {
    this.#parent = new Uint32Array(size);
    for (let i = 0; i < size; i += 1) this.#parent[i] = i;
  }

  /** The smallest ordinal of the group. */
  root(of: number): number {
    const parent = this.#parent;
    let at = of;
    while (parent[at] !== at) {
      const up = parent[parent[at] as number] as number;
      parent[at] = up;
      at = up;
    }
    return at;
  }

  join(a: number, b: number): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x < y) this.#parent[y] = x;
    else this.#parent[x] = y;
  }
}

/**
 * A consumer's number for each group: a group keeps the smallest number its members had; where a group has split, the
 * part met first keeps it and the others go on; groups without a number get the next free ones.
 */
export function numberGroups(union: Union, old: Uint32Array, next: number): Uint32Array {
  const size = old.length;
  const best = new Uint32Array(size);
  for (let i = 0; i < size; i += 1) {
    const had = old[i] as number;
    const root = union.root(i);
    if (had !== 0 && (best[root] === 0 || had < (best[root] as number))) best[root] = had;
  }
  const taken = new Set<number>();
  const given = new Uint32Array(size);
  let free = next;
  for (let i = 0; i < size; i += 1) {
    const root = union.root(i);
    if (given[root] === 0) {
      const wanted = best[root] as number;
      given[root] = wanted !== 0 && !taken.has(wanted) ? wanted : free++;
      if (wanted !== 0) taken.add(given[root] as number);
    }
    given[i] = given[root] as number;
  }
  return given;
}
