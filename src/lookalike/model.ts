import { z } from 'zod';
import type { Text } from '../base/text.ts';
import { type Feature, feature, titleOf } from './feature.ts';
import { fitLogistic, type Logistic, logOdds, type Matrix } from './logistic.ts';
import { type Auc, aucOf, type CalibrationBin, calibrationOf, type Held, liftAt, type Standing } from './quality.ts';
import { scaleOf, standardised, unscaled } from './standard.ts';
import { chanceOf, inTheHome, labelledShare, likenessOf } from './unlabelled.ts';

/** Penalty on standardised weights. Proposed: strong enough to keep a hundred features of a few hundred seeds apart. */
const L2 = 10;

/** Parts of those outside the seed that the size curve is told for. */
export const CURVE = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125],
  ...[0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1],
] as const;
const LIFTS = [0.01, 0.05, 0.1] as const;

/** A sampled consumer as of the features' day. */
export interface Sampled {
  readonly isSeed: boolean;
  /** Kept out of training, to measure the model by. */
  readonly isHeldOut: boolean;
  readonly x: readonly number[];
}

export interface Sample {
  readonly features: readonly Feature[];
  readonly consumers: readonly Sampled[];
  /** Of the home, with facts by the features' day: seeds, and all others. */
  readonly seeds: number;
  readonly others: number;
}

/** What a model is worth, by consumers that it has not seen. */
export interface LookalikeReport {
  /** Consumers that the model was trained on, and that it was measured by. */
  readonly trained: number;
  readonly held_out: number;
  readonly held_out_seeds: number;
  readonly auc: Auc;
  /** Whether the interval of the AUC lies above 0.5: otherwise the seed cannot be told from the rest. */
  readonly signal: boolean;
  /** How much denser seeds are in the best part of everybody. */
  readonly lift: readonly { readonly part: number; readonly lift: number }[];
  readonly calibration: readonly CalibrationBin[];
  /** Of those who are like the seed, the share that it has in it (Elkan and Noto). */
  readonly labelled: number;
  readonly curve: readonly Size[];
  /** The greatest weights, each by one standard deviation of its feature. */
  readonly features: readonly (Text & { readonly weight: number })[];
}

/** A size of the lookalike: the best part of those outside the seed, and what to expect of it. */
export interface Size {
  readonly part: number;
  readonly consumers: number;
  /** Share of held-out seeds that score as high: those it would have found. */
  readonly caught: number;
  /** Expected share of consumers like the seed. */
  readonly alike: number;
}

/** A model as it is kept: with what it takes to score anybody. */
export const lookalikeModel = z.object({
  features: z.array(feature),
  intercept: z.number(),
  weights: z.array(z.number()),
});
export type LookalikeModel = z.infer<typeof lookalikeModel>;

/** Learns what tells the seed from all others, and measures it by those it has not seen; undefined where too few are held out. */
export async function learn(
  { features, consumers, seeds, others }: Sample,
  breathe?: () => Promise<void>,
): Promise<{ model: LookalikeModel; report: LookalikeReport } | undefined> {
  const training = consumers.filter(({ isHeldOut }) => !isHeldOut);
  const measuring = consumers.filter(({ isHeldOut }) => isHeldOut);
  const x = matrixOf(training, features.length);
  const scale = scaleOf(x);
  const fitted = await fitLogistic(
    standardised(x, scale),
    training.map(({ isSeed }) => Number(isSeed)),
    { l2: L2, ...(breathe ? { breathe } : {}) },
  );
  const own = unscaled(fitted, scale);
  const rates = standingOf(consumers, { seeds, others });
  const inHome: Logistic = { ...own, intercept: inTheHome(own.intercept, rates) };
  const held = heldOf(measuring, inHome, features.length);
  const auc = aucOf(held);
  if (!auc) return undefined;
  const standing = standingOf(measuring, { seeds, others });
  const labelled = labelledShare(held.filter(({ isSeed }) => isSeed).map(({ score }) => chanceOf(score))) ?? 1;
  return {
    model: { features: [...features], intercept: inHome.intercept, weights: [...inHome.weights] },
    report: {
      trained: training.length,
      held_out: held.length,
      held_out_seeds: held.filter(({ isSeed }) => isSeed).length,
      auc,
      signal: auc.low > 0.5,
      lift: LIFTS.map((part) => ({ part, lift: liftAt(held, part, standing) })),
      calibration: calibrationOf(held, chanceOf, standing),
      labelled,
      curve: curveOf(held, standing, labelled),
      features: strongest(features, fitted.weights),
    },
  };
}

function matrixOf(consumers: readonly Sampled[], width: number): Matrix {
  const values = new Float64Array(consumers.length * width);
  for (const [n, { x }] of consumers.entries()) values.set(x, n * width);
  return { rows: consumers.length, width, values };
}

function heldOf(consumers: readonly Sampled[], model: Logistic, width: number): Held[] {
  const x = matrixOf(consumers, width);
  return consumers.map(({ isSeed }, row) => ({ isSeed, score: logOdds(model, x, row) }));
}

/** How many of the home each of some sampled consumers stands for. */
function standingOf(consumers: readonly Sampled[], { seeds, others }: Pick<Sample, 'seeds' | 'others'>): Standing {
  const sampled = consumers.filter(({ isSeed }) => isSeed).length;
  return { seed: seeds / sampled, other: others / (consumers.length - sampled) };
}

/** What to expect of every size, by the held-out consumers, the best by score first. */
function curveOf(held: readonly Held[], { other: standsFor }: Standing, labelled: number): Size[] {
  const others = held
    .filter(({ isSeed }) => !isSeed)
    .map(({ score }) => score)
    .toSorted((a, b) => b - a);
  const seeds = held.filter(({ isSeed }) => isSeed);
  const alike = others.map((score) => likenessOf(chanceOf(score), labelled));
  return CURVE.map((part) => {
    const taken = Math.max(1, Math.round(others.length * part));
    const last = others[taken - 1] ?? Number.NEGATIVE_INFINITY;
    return {
      part,
      consumers: Math.round(others.length * standsFor * part),
      caught: seeds.filter(({ score }) => score >= last).length / seeds.length,
      alike: alike.slice(0, taken).reduce((sum, each) => sum + each, 0) / taken,
    };
  });
}

/** How many features are told. */
const TOLD = 12;

/** The features of the greatest weights, each by one standard deviation of it. */
function strongest(features: readonly Feature[], weights: readonly number[]): LookalikeReport['features'] {
  return features
    .map((each, place) => ({ ...titleOf(each), weight: weights[place] ?? 0 }))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, TOLD);
}
