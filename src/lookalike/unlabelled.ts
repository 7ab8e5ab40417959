import { sigmoid } from './logistic.ts';

/**
 * The share of those who are like the seed that the seed has in it: the mean chance of being a seed that the model gives
 * to seeds it has not seen (Elkan and Noto 2008, estimator e1). Who is not in the seed may be like it all the same.
 */
export function labelledShare(chances: readonly number[]): number | undefined {
  if (chances.length === 0) return undefined;
  return chances.reduce((sum, each) => sum + each, 0) / chances.length;
}

/**
 * Chance of being like the seed of somebody who is not in it, of the chance of being in it: Elkan and Noto's weight of an
 * unlabelled example.
 */
export function likenessOf(chance: number, labelled: number): number {
  return Math.min(1, ((1 - labelled) / labelled) * (chance / (1 - chance)));
}

/** Log-odds in the home of log-odds in a sample that has other parts of the seeds than of the rest. */
export function inTheHome(logOdds: number, { seed, other }: { readonly seed: number; readonly other: number }): number {
  return logOdds + Math.log(seed / other);
}

/** Chance of being in the seed, of log-odds in the home. */
export const chanceOf = (logOdds: number): number => sigmoid(logOdds);
