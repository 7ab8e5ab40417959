/** A consumer that the model has not seen: its score, and whether it is of the seed. */
export interface Held {
  readonly score: number;
  readonly isSeed: boolean;
  /** Which of several models scored it; only scores of one are set against each other. */
  readonly by?: number;
}

/** How many consumers of the home each held-out one stands for. */
export interface Standing {
  readonly seed: number;
  readonly other: number;
}

export interface Auc {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
}

const Z95 = 1.959963984540054;

/**
 * Chance that a seed scores higher than another consumer, ties half, with its 95 % interval (DeLong, DeLong and
 * Clarke-Pearson 1988); of several models the mean over them, each of a fold, and as these share what they were trained on
 * the interval is widened (Nadeau and Bengio 2003). Undefined where one has fewer than two of either.
 */
export function aucOf(held: readonly Held[]): Auc | undefined {
  const models = [...new Set(held.map(({ by }) => by))];
  const each = models.map((model) => aucOfOne(held.filter(({ by }) => by === model)));
  const told = each.flatMap((one) => (one ? [one] : []));
  if (told.length === 0 || told.length < models.length) return undefined;
  const auc = mean(told.map((one) => one.auc));
  const variance = mean(told.map((one) => one.variance));
  const folds = told.length;
  const error = Math.sqrt(variance * (folds === 1 ? 1 : 1 / folds + 1 / (folds - 1)));
  return { auc, low: Math.max(0, auc - Z95 * error), high: Math.min(1, auc + Z95 * error) };
}

function aucOfOne(held: readonly Held[]): { readonly auc: number; readonly variance: number } | undefined {
  const seeds = held.filter(({ isSeed }) => isSeed).map(({ score }) => score);
  const others = held.filter(({ isSeed }) => !isSeed).map(({ score }) => score);
  if (seeds.length < 2 || others.length < 2) return undefined;
  const beaten = placements(seeds, others);
  const missed = placements(others, seeds).map((each) => 1 - each);
  return { auc: mean(beaten), variance: variance(beaten) / seeds.length + variance(missed) / others.length };
}

/** For each score the share of the others that it beats; a tie is half. */
function placements(scores: readonly number[], others: readonly number[]): number[] {
  const sorted = Float64Array.from(others).sort();
  return scores.map((score) => (below(sorted, score) + belowOrAt(sorted, score)) / (2 * sorted.length));
}

const below = (sorted: Float64Array, score: number): number => firstWhere(sorted, (each) => each >= score);
const belowOrAt = (sorted: Float64Array, score: number): number => firstWhere(sorted, (each) => each > score);

function firstWhere(sorted: Float64Array, test: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (values.length - 1);
}

/** Of the best part of all consumers by score: its share of the seeds. Scores that tie count evenly. */
export function caughtAt(held: readonly Held[], part: number, standing: Standing): number {
  const levels = byScore(held, standing);
  const all = levels.reduce((sum, { seeds, others }) => sum + seeds + others, 0);
  const seeds = levels.reduce((sum, level) => sum + level.seeds, 0);
  let [room, caught] = [all * part, 0];
  for (const level of levels) {
    const size = level.seeds + level.others;
    const taken = Math.min(1, room / size);
    caught += level.seeds * taken;
    room -= size * taken;
    if (room <= 0) break;
  }
  return seeds > 0 ? caught / seeds : 0;
}

/** How much denser the seeds are in the best part than everywhere: 1 is no better than chance. */
export function liftAt(held: readonly Held[], part: number, standing: Standing): number {
  return caughtAt(held, part, standing) / part;
}

interface Level {
  readonly score: number;
  seeds: number;
  others: number;
}

/** Consumers that the held-out ones stand for, a row a score, the highest first. */
function byScore(held: readonly Held[], standing: Standing): Level[] {
  const levels: Level[] = [];
  for (const { score, isSeed } of held.toSorted((a, b) => b.score - a.score)) {
    const last = levels.at(-1);
    const level = last?.score === score ? last : { score, seeds: 0, others: 0 };
    if (level !== last) levels.push(level);
    if (isSeed) level.seeds += standing.seed;
    else level.others += standing.other;
  }
  return levels;
}

/** A tenth of the consumers by predicted chance: what was predicted on average, and what was found. */
export interface CalibrationBin {
  readonly predicted: number;
  readonly found: number;
  readonly consumers: number;
}

/** Ten parts of like size by the predicted chance of being a seed, against the share that is; `chance` is of the home, not of the sample. */
export function calibrationOf(
  held: readonly Held[],
  chance: (score: number) => number,
  standing: Standing,
): CalibrationBin[] {
  const weigh = ({ isSeed }: Held): number => (isSeed ? standing.seed : standing.other);
  const sorted = held.toSorted((a, b) => a.score - b.score);
  const all = sorted.reduce((sum, each) => sum + weigh(each), 0);
  const bins = Array.from({ length: 10 }, () => ({ predicted: 0, found: 0, consumers: 0 }));
  let passed = 0;
  for (const each of sorted) {
    const weight = weigh(each);
    const bin = bins[Math.min(9, Math.floor(((passed + weight / 2) / all) * 10))];
    passed += weight;
    if (!bin) continue;
    bin.predicted += weight * chance(each.score);
    bin.found += each.isSeed ? weight : 0;
    bin.consumers += weight;
  }
  return bins
    .filter(({ consumers }) => consumers > 0)
    .map(({ predicted, found, consumers }) => ({
      predicted: predicted / consumers,
      found: found / consumers,
      consumers,
    }));
}
