/** Things by the key each has, in the order in which the keys first come. */
export function grouped<T, K>(list: readonly T[], keyOf: (each: T) => K): (readonly [K, readonly T[]])[] {
  const groups = new Map<K, T[]>();
  for (const each of list) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return [...groups];
}
