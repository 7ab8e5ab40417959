/** A share of fewer consumers than these says little; such a one is never called the best. */
const ENOUGH = 30;

/** The row with the highest rate among those that rest on enough consumers. */
export function bestOf<R extends { readonly rate: number; readonly consumers: number }>(
  rows: readonly R[],
): R | undefined {
  return rows.filter(({ consumers }) => consumers >= ENOUGH).toSorted((a, b) => b.rate - a.rate)[0];
}

/** Whether some of the rows rest on too few consumers. */
export function hasFew(rows: readonly { readonly consumers: number }[]): boolean {
  return rows.some(({ consumers }) => consumers < ENOUGH);
}
