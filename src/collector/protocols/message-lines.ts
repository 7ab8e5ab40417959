/** Money of a message in minor units, half a unit rounded away from zero; undefined for what is no amount. */
export function minorUnits(value: unknown): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  if (text === '' || !Number.isFinite(Number(text))) return undefined;
  const exact = Math.abs(Number((Number(text) * 100).toPrecision(15)));
  const minor = Math.round(exact) * Math.sign(Number(text));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Minor units as the contract writes money: `12900` is `129.00`. */
export function majorText(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * A sum of minor units shared out by weight, to the last unit: rounded down, then one unit each to the largest
 * remainders, the earlier first. Without any weight all get alike.
 */
export function shared(sum: number, weights: readonly number[]): number[] {
  const whole = BigInt(weights.reduce((total, weight) => total + Math.max(weight, 0), 0));
  if (weights.length === 0) return [];
  if (whole === 0n)
    return shared(
      sum,
      weights.map(() => 1),
    );
  const due = weights.map((weight) => BigInt(Math.abs(sum)) * BigInt(Math.max(weight, 0)));
  const shares = due.map((part) => Number(part / whole));
  const left = Math.abs(sum) - shares.reduce((total, share) => total + share, 0);
  const luckiest = due
    .map((part, index) => ({ index, remainder: Number(part % whole) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .slice(0, left);
  for (const { index } of luckiest) shares[index] = (shares[index] ?? 0) + 1;
  return shares.map((share) => (sum < 0 ? -share : share));
}
