import { type Interval, twoSided, wilson } from './statistics.ts';

/** So many of so many. */
export type Share = readonly [some: number, all: number];

/**
 * 95 % interval of the difference of two shares of separate groups, the first less the second: Newcombe 1998, method 10
 * (hybrid score), without continuity correction. Undefined where a group is empty.
 */
export function newcombe([some, all]: Share, [others, rest]: Share): Interval | undefined {
  const first = wilson(some, all);
  const second = wilson(others, rest);
  if (!first || !second) return undefined;
  const [p, q] = [some / all, others / rest];
  return {
    low: p - q - Math.hypot(p - first.low, second.high - q),
    high: p - q + Math.hypot(first.high - p, q - second.low),
  };
}

/** A group's number of values, their sum, and the sum of their squares. */
export interface Sums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** A difference of means, its 95 % interval, and the chance of one as large were there none. */
export interface MeansCompared extends Interval {
  readonly difference: number;
  readonly p: number;
}

const varianceOf = ({ count, sum, squares }: Sums): number => Math.max(0, (squares - sum ** 2 / count) / (count - 1));

/**
 * Means of two separate groups of unequal variance, the first less the second: Welch 1947, degrees of freedom by
 * Satterthwaite. Undefined where a group has fewer than two values, or neither varies.
 */
export function welch(first: Sums, second: Sums): MeansCompared | undefined {
  if (first.count < 2 || second.count < 2) return undefined;
  const [v, w] = [varianceOf(first) / first.count, varianceOf(second) / second.count];
  if (v + w <= 0) return undefined;
  const difference = first.sum / first.count - second.sum / second.count;
  const error = Math.sqrt(v + w);
  const freedom = (v + w) ** 2 / (v ** 2 / (first.count - 1) + w ** 2 / (second.count - 1));
  const half = quantile(freedom) * error;
  const p = tails(Math.abs(difference / error), freedom);
  return { difference, p, low: difference - half, high: difference + half };
}

/** Chance of a split as uneven as this, were each on the first side with the chance that is meant: χ², one degree of freedom. */
export function splitChance(first: number, second: number, meant: number): number | undefined {
  const all = first + second;
  const expected = all * meant;
  if (expected <= 0 || expected >= all) return undefined;
  return twoSided((first - expected) / Math.sqrt((expected * (all - expected)) / all));
}

/** Chance that Student's t is as far from 0 as this, on either side. */
function tails(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** The t of which 5 % lie farther from 0, on either side. */
function quantile(freedom: number): number {
  let [low, high] = [0, 1000];
  for (let i = 0; i < 100; i += 1) {
    const middle = (low + high) / 2;
    if (tails(middle, freedom) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Regularised incomplete beta function, by its continued fraction (modified Lentz). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  let [c, d] = [1, 1 / (1 - ((a + b) * x) / (a + 1))];
  let fraction = d;
  for (let m = 1; m < 1000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return front * fraction;
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Lanczos, g = 7, nine terms. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const [first = 0, ...rest] = lanczos;
  const sum = rest.reduce((all, each, i) => all + each / (x + i), first);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
