import { z } from 'zod';
import { type Feature, feature } from './feature.ts';
import { fitLogistic, type Logistic, logOdds, type Matrix } from './logistic.ts';
import { type Auc, aucOf, type CalibrationBin, calibrationOf, type Held, liftAt, type Standing } from './quality.ts';
import { scaleOf, standardised, unscaled } from './standard.ts';
import { chanceOf, inTheHome, labelledShare, likenessOf } from './unlabelled.ts';

/** Parts that consumers fall into by a hash; a model is measured by parts it was not trained on. */
export const FOLDS = 5;
/** Up to so many, each part is scored by a model of the others; beyond, one part is held out and tells enough. */
const EACH_IN_TURN = 5000;
/** Penalties on standardised weights to choose from, by a part of those trained on. */
const PENALTIES = [10, 100, 1000] as const;
/** Fits that a model takes: one for each penalty, and the last under the best. */
const FITS = PENALTIES.length + 1;

/** Parts of those outside the seed that the size curve is told for. */
export const CURVE = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125],
  ...[0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1],
] as const;
const LIFTS = [0.01, 0.05, 0.1] as const;

/** A sampled consumer as of the features' day. */
export interface Sampled {
  readonly isSeed: boolean;
  /** Its part of `FOLDS`. */
  readonly fold: number;
  readonly x: readonly number[];
}

/** Of the home, with facts by the features' day: seeds, and all others. */
export interface Sizes {
  readonly seeds: number;
  readonly others: number;
}

export interface Sample extends Sizes {
  readonly features: readonly Feature[];
  readonly consumers: readonly Sampled[];
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
  readonly features: readonly { readonly feature: Feature; readonly weight: number }[];
}

/** A size of the lookalike: the best part of those outside the seed, and what to expect of it. */
export interface Size {
  readonly part: number;
  readonly consumers: number;
  /** Share of held-out seeds that score as high: those it would have found. */
  readonly caught: number;
  /** Of everybody who scores as high, the share that is of the seed; measured, and of all parts the share of seeds at hand. */
  readonly density: number;
  /** Share of consumers like the seed at most, were the seed a random part of those. */
  readonly alike: number;
}

/** A model as it is kept: with what it takes to score anybody. */
export const lookalikeModel = z.object({
  features: z.array(feature),
  intercept: z.number(),
  weights: z.array(z.number()),
});
export type LookalikeModel = z.infer<typeof lookalikeModel>;

/** Hears again and again how many fits are done of how many; others have their turn while it is awaited. */
export type Pace = (done: number, total: number) => Promise<void>;

/** Learns what tells the seed from all others, and measures it by those it has not seen; undefined where those are too few. */
export async function learn(
  sample: Sample,
  pace?: Pace,
): Promise<{ model: LookalikeModel; report: LookalikeReport } | undefined> {
  const { features, consumers } = sample;
  const isSmall = consumers.length <= EACH_IN_TURN;
  const rounds = isSmall ? FOLDS + 1 : 1;
  const paceOf = (round: number) => pace && ((fit: number) => pace(round * FITS + fit, rounds * FITS));
  const held: Held[] = [];
  let fitted: Fitted | undefined;
  for (let fold = 0; fold < (isSmall ? FOLDS : 1); fold += 1) {
    const training = consumers.filter((each) => each.fold !== fold);
    if (!canBeTold(training)) return undefined;
    fitted = await fitBest(training, sample, paceOf(fold));
    held.push(
      ...heldOf(
        consumers.filter((each) => each.fold === fold),
        fitted.model,
        fold,
      ),
    );
  }
  if (isSmall) fitted = await fitBest(consumers, sample, paceOf(FOLDS));
  const auc = aucOf(held);
  if (!auc || !fitted) return undefined;
  return {
    model: { features: [...features], ...fitted.model },
    report: {
      trained: fitted.consumers,
      ...measured(held, auc, sample),
      features: strongest(features, fitted.standard),
    },
  };
}

/** A model of the home, and its weights by one standard deviation of each feature. */
interface Fitted {
  readonly model: LookalikeWeights;
  /** The same, of the parts that were sampled. */
  readonly sampled: Logistic;
  readonly standard: readonly number[];
  readonly consumers: number;
}

type LookalikeWeights = Pick<LookalikeModel, 'intercept' | 'weights'>;

const canBeTold = (consumers: readonly Sampled[]): boolean =>
  consumers.some(({ isSeed }) => isSeed) && consumers.some(({ isSeed }) => !isSeed);

/** Fits consumers under the penalty by which a model of the others foretells one of their parts best. */
async function fitBest(
  consumers: readonly Sampled[],
  sizes: Sizes,
  pace?: (fit: number) => Promise<void>,
): Promise<Fitted> {
  const inner = consumers.find(({ fold }) => fold !== consumers[0]?.fold)?.fold ?? -1;
  const rest = consumers.filter(({ fold }) => fold !== inner);
  const judged = consumers.filter(({ fold }) => fold === inner);
  let best: { readonly l2: number; readonly loss: number } = { l2: PENALTIES[1], loss: Number.POSITIVE_INFINITY };
  if (canBeTold(rest) && canBeTold(judged))
    for (const [fit, l2] of PENALTIES.entries()) {
      const { sampled } = await fitUnder(l2, rest, sizes, pace && (() => pace(fit)));
      const loss = logLoss(heldOf(judged, sampled));
      if (loss < best.loss) best = { l2, loss };
    }
  return fitUnder(best.l2, consumers, sizes, pace && (() => pace(PENALTIES.length)));
}

async function fitUnder(
  l2: number,
  consumers: readonly Sampled[],
  sizes: Sizes,
  breathe?: () => Promise<void>,
): Promise<Fitted> {
  await breathe?.();
  const x = matrixOf(consumers);
  const scale = scaleOf(x);
  const labels = consumers.map(({ isSeed }) => Number(isSeed));
  const standard = await fitLogistic(standardised(x, scale), labels, { l2, ...(breathe ? { breathe } : {}) });
  const { intercept, weights } = unscaled(standard, scale);
  const model = { intercept: inTheHome(intercept, standingOf(consumers, sizes)), weights: [...weights] };
  return { model, sampled: { intercept, weights }, standard: standard.weights, consumers: consumers.length };
}

/** What held-out consumers say of a model. */
function measured(held: readonly Held[], auc: Auc, sizes: Sizes): Omit<LookalikeReport, 'trained' | 'features'> {
  const standing = standingOf(held, sizes);
  const seeds = held.filter(({ isSeed }) => isSeed);
  const labelled = labelledShare(seeds.map(({ score }) => chanceOf(score))) ?? 1;
  return {
    held_out: held.length,
    held_out_seeds: seeds.length,
    auc,
    signal: auc.low > 0.5,
    lift: LIFTS.map((part) => ({ part, lift: liftAt(held, part, standing) })),
    calibration: calibrationOf(held, chanceOf, standing),
    labelled,
    curve: curveOf(held, standing, labelled),
  };
}

function matrixOf(consumers: readonly Sampled[]): Matrix {
  const width = consumers[0]?.x.length ?? 0;
  const values = new Float64Array(consumers.length * width);
  for (const [n, { x }] of consumers.entries()) values.set(x, n * width);
  return { rows: consumers.length, width, values };
}

function heldOf(consumers: readonly Sampled[], model: Logistic, by = 0): Held[] {
  const x = matrixOf(consumers);
  return consumers.map(({ isSeed }, row) => ({ isSeed, score: logOdds(model, x, row), by }));
}

/** Mean surprise at who is a seed; scores are log-odds. */
function logLoss(held: readonly Held[]): number {
  const surprises = held.map(({ isSeed, score }) => Math.log1p(Math.exp(isSeed ? -score : score)));
  return surprises.reduce((sum, each) => sum + each, 0) / held.length;
}

/** How many of the home each of some consumers stands for. */
function standingOf(consumers: readonly { readonly isSeed: boolean }[], { seeds, others }: Sizes): Standing {
  const sampled = consumers.filter(({ isSeed }) => isSeed).length;
  return { seed: seeds / sampled, other: others / (consumers.length - sampled) };
}

/** What to expect of every size, by the held-out consumers, the best by score first. */
function curveOf(held: readonly Held[], standing: Standing, labelled: number): Size[] {
  const others = held
    .filter(({ isSeed }) => !isSeed)
    .map(({ score }) => score)
    .toSorted((a, b) => b - a);
  const seeds = held.filter(({ isSeed }) => isSeed);
  const alike = others.map((score) => likenessOf(chanceOf(score), labelled));
  return CURVE.map((part) => {
    const taken = Math.max(1, Math.round(others.length * part));
    const last = others[taken - 1] ?? Number.NEGATIVE_INFINITY;
    const found = seeds.filter(({ score }) => score >= last).length;
    return {
      part,
      consumers: Math.round(others.length * standing.other * part),
      caught: found / seeds.length,
      density: (found * standing.seed) / (found * standing.seed + taken * standing.other),
      alike: alike.slice(0, taken).reduce((sum, each) => sum + each, 0) / taken,
    };
  });
}

/** How many features are told. */
const TOLD = 12;

/** The features of the greatest weights, each by one standard deviation of it. */
function strongest(features: readonly Feature[], weights: readonly number[]): LookalikeReport['features'] {
  return features
    .map((each, place) => ({ feature: each, weight: weights[place] ?? 0 }))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, TOLD);
}
