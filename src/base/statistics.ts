/** Half-width of a 95 % interval in standard errors. */
const Z95 = 1.959963984540054;

/** An estimate's bounds. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's 95 % interval of a share, `some` of `all`; undefined of nobody. Wilson 1927, without continuity correction. */
export function wilson(some: number, all: number): Interval | undefined {
  if (all <= 0) return undefined;
  const share = some / all;
  const spread = Z95 ** 2 / all;
  const middle = share + spread / 2;
  const half = Z95 * Math.sqrt((share * (1 - share)) / all + spread / (4 * all));
  // Note: none of all is bounded by 0 itself, all of all by 1, whatever the last digit says.
  return {
    low: some === 0 ? 0 : Math.max(0, (middle - half) / (1 + spread)),
    high: some === all ? 1 : Math.min(1, (middle + half) / (1 + spread)),
  };
}

/** Chance that a standard normal number is as far from 0 as this, on either side. */
export function twoSided(z: number): number {
  return complement(Math.abs(z) / Math.SQRT2);
}

/** The complementary error function of a number from 0: its series below 2, its continued fraction from there. */
function complement(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n += 1) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n -= 1) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}

/**
 * Chance of a difference as large as that between two shares of separate groups, were they one population: the pooled
 * two-proportion z-test, two-sided. Undefined where a group is empty, or all or none of both have it.
 */
export function sharesDiffer(
  [some, all]: readonly [number, number],
  [others, rest]: readonly [number, number],
): number | undefined {
  if (all <= 0 || rest <= 0) return undefined;
  const pooled = (some + others) / (all + rest);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / all + 1 / rest));
  return error > 0 ? twoSided((some / all - others / rest) / error) : undefined;
}

/** The false discovery rate at which each of these chances would be called a finding (Benjamini and Hochberg 1995), in their order. */
export function falseDiscovery(chances: readonly number[]): number[] {
  const order = chances.map((_, at) => at).toSorted((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const rates = new Array<number>(chances.length);
  let least = 1;
  for (const [before, at] of order.entries()) {
    least = Math.min(least, ((chances[at] ?? 1) * chances.length) / (chances.length - before));
    rates[at] = least;
  }
  return rates;
}
