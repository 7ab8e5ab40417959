/**
 * Jensen-Shannon divergence of two distributions over the same cells, to base 2: 0 where their shares are the same, 1
 * where they share no cell. Undefined where either has nothing. Lin 1991.
 */
export function divergence(cells: readonly (readonly [left: number, right: number])[]): number | undefined {
  const [all, others] = [0, 1].map((side) => cells.reduce((sum, cell) => sum + (cell[side] ?? 0), 0));
  if (!all || !others) return undefined;
  const bits = (share: number, middle: number) => (share > 0 ? share * Math.log2(share / middle) : 0);
  const sum = cells.reduce((total, [left, right]) => {
    const [p, q] = [left / all, right / others];
    const middle = (p + q) / 2;
    return total + (bits(p, middle) + bits(q, middle)) / 2;
  }, 0);
  return Math.min(1, Math.max(0, sum));
}
