/** The mathematics of lookalikes against published numbers, and by worlds of which the answer is known. */
import { describe, expect, test } from 'vitest';
import type { Feature } from '../../src/lookalike/feature.ts';
import { fitLogistic, logOdds, sigmoid } from '../../src/lookalike/logistic.ts';
import { CURVE, FOLDS, learn, type Sample, type Sampled } from '../../src/lookalike/model.ts';
import { aucOf, caughtAt, liftAt } from '../../src/lookalike/quality.ts';
import { labelledShare, likenessOf } from '../../src/lookalike/unlabelled.ts';
import { type Dice, dice } from '../oracle/dice.ts';

/** Motor Trend 1974 (R's mtcars): horse power, weight in 1000 lbs, manual gears. */
const cars = `110 2.620 1,110 2.875 1,93 2.320 1,110 3.215 0,175 3.440 0,105 3.460 0,245 3.570 0,62 3.190 0,95 3.150 0,
123 3.440 0,123 3.440 0,180 4.070 0,180 3.730 0,180 3.780 0,205 5.250 0,215 5.424 0,230 5.345 0,66 2.200 1,52 1.615 1,
65 1.835 1,97 2.465 0,150 3.520 0,150 3.435 0,245 3.840 0,175 3.845 0,66 1.935 1,91 2.140 1,113 1.513 1,264 3.170 1,
175 2.770 1,335 3.570 1,109 2.780 1`
  .split(',')
  .map((car) => car.trim().split(' ').map(Number));

const matrix = (rows: readonly (readonly number[])[]) => ({
  rows: rows.length,
  width: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});

describe('the logistic fit', () => {
  const x = matrix(cars.map(([power = 0, weight = 0]) => [weight, power]));
  const labels = cars.map(([, , gears = 0]) => gears);

  test('gives what R gives for glm(am ~ wt + hp, binomial, mtcars)', async () => {
    const { intercept, weights } = await fitLogistic(x, labels, { l2: 0 });
    expect(intercept).toBeCloseTo(18.866298717, 6);
    expect(weights[0]).toBeCloseTo(-8.083475182, 6);
    expect(weights[1]).toBeCloseTo(0.036255596, 8);
  });

  test('with a penalty stands where its derivative is nothing, nearer to 0', async () => {
    const l2 = 2;
    const model = await fitLogistic(x, labels, { l2 });
    const misses = labels.map((label, row) => label - sigmoid(logOdds(model, x, row)));
    const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
    expect(sum(misses)).toBeCloseTo(0, 6);
    for (const [j, weight] of model.weights.entries())
      expect(sum(misses.map((miss, row) => miss * (x.values[row * 2 + j] ?? 0)))).toBeCloseTo(l2 * weight, 5);
    expect(Math.abs(model.weights[0] ?? 0)).toBeLessThan(8);
  });

  test('lets columns that say the same share the weight', async () => {
    const twice = matrix(cars.map(([, weight = 0]) => [weight, weight]));
    const { weights } = await fitLogistic(twice, labels, { l2: 1 });
    expect(weights[0]).toBeCloseTo(weights[1] ?? 0, 6);
  });
});

const held = (seeds: readonly number[], others: readonly number[]) => [
  ...seeds.map((score) => ({ score, isSeed: true })),
  ...others.map((score) => ({ score, isSeed: false })),
];

describe('the measure of a ranking', () => {
  test.each([
    ['the documented case of two and two', [0.35, 0.8], [0.1, 0.4], 0.75],
    ['all right', [3, 4], [1, 2], 1],
    ['all wrong', [1, 2], [3, 4], 0],
    ['all level', [1, 1], [1, 1], 0.5],
  ])('AUC, %s', (_, seeds, others, auc) => {
    expect(aucOf(held(seeds, others))?.auc).toBe(auc);
  });

  test('its interval is DeLong’s, by hand', () => {
    // Beaten shares of the seeds: 1/2 and 1; of the others: 1 and 1/2. Each variance 1/8, over two.
    const error = Math.sqrt(1 / 16 + 1 / 16);
    const { low = 0, high = 0 } = aucOf(held([0.35, 0.8], [0.1, 0.4])) ?? {};
    expect([low, high]).toEqual([expect.closeTo(0.75 - 1.959964 * error, 5), 1]);
  });

  test('of two models only what each scored is set against each other, and the interval is wider', () => {
    const sixTimes = (scores: readonly number[], lift: number) =>
      Array.from({ length: 6 }, () => scores.map((score) => score + lift)).flat();
    const apart = (by: number, lift: number) =>
      held(sixTimes([5, 6, 7, 0], lift), sixTimes([1, 2, 3, 8], lift)).map((each) => ({ ...each, by }));
    const { auc, low } = aucOf([...apart(0, 0), ...apart(1, 100)]) ?? {};
    expect(auc).toBe(0.5625);
    // Beaten shares 3/4 thrice and 0, six times over: squares of 6 · 0.421875 over 23, over 24, of seeds and of others.
    const variance = (2 * 6 * 0.421875) / 23 / 24;
    // Of the mean of two models: 1/2 + 1/1 of it.
    expect(low).toBeCloseTo(0.5625 - 1.959964 * Math.sqrt(variance * 1.5), 5);
  });

  test('one seed has no interval', () => {
    expect(aucOf(held([1], [0, 2]))).toBeUndefined();
  });

  test('lift counts consumers, not the sampled', () => {
    const ten = held([9, 1], [8, 7, 6, 5, 4, 3, 2, 0]);
    expect([caughtAt(ten, 0.1, { seed: 1, other: 1 }), liftAt(ten, 0.1, { seed: 1, other: 1 })]).toEqual([0.5, 5]);
    // Every other stands for a hundred: the first tenth is 80.2 of 802, one seed and 79.2 others.
    expect(caughtAt(ten, 0.1, { seed: 1, other: 100 })).toBe(0.5);
    expect(caughtAt(held([1], [1, 1, 1]), 0.5, { seed: 1, other: 1 })).toBe(0.5);
  });
});

const features = Array.from({ length: 10 }, (_, i): Feature => ({ of: 'recency', value: `b${i}` }));
const uniform = (roll: Dice): number => roll.int(1_000_000) / 1_000_000;
const normal = (roll: Dice): number =>
  Math.sqrt(-2 * Math.log(1 - uniform(roll))) * Math.cos(2 * Math.PI * uniform(roll));

/** Consumers of ten features, of whom `seed` says with what chance they are in it. */
function worldOf(seedling: number, size: number, seed: (x: readonly number[]) => number): Sample {
  const roll = dice(seedling);
  const consumers = Array.from({ length: size }, (_, n): Sampled => {
    const x = features.map(() => normal(roll));
    return { x, isSeed: uniform(roll) < seed(x), fold: n % FOLDS };
  });
  const seeds = consumers.filter(({ isSeed }) => isSeed).length;
  return { features, consumers, seeds, others: size - seeds };
}

describe('what is learned', () => {
  const planted = worldOf(1, 8000, ([a = 0, b = 0, c = 0]) => sigmoid(-3 + 1.2 * a - 0.8 * b + 0.6 * c));

  test('of a planted seed tells it from the rest, and by what', async () => {
    const { report } = (await learn(planted)) ?? {};
    expect(report?.signal).toBe(true);
    expect(report?.auc.auc).toBeGreaterThan(0.75);
    expect(report?.lift[1]).toMatchObject({ part: 0.05, lift: expect.toSatisfy((lift: number) => lift >= 2) });
    expect(report?.features.slice(0, 3).map(({ feature }) => feature)).toEqual(features.slice(0, 3));
  });

  test('is calibrated: of a tenth with a chance, about so many are seeds', async () => {
    const { report } = (await learn(planted)) ?? {};
    for (const { predicted, found, consumers } of report?.calibration ?? []) {
      const spread = Math.sqrt((predicted * (1 - predicted)) / (consumers / 5));
      expect(Math.abs(predicted - found)).toBeLessThan(4 * spread);
    }
    expect(report?.calibration).toHaveLength(10);
  });

  test('of a part of the consumers is of the home, whatever parts were taken', async () => {
    const some = planted.consumers.filter(({ isSeed }, n) => isSeed || n % 4 < 2);
    const all = (await learn(planted))?.model;
    const half = (await learn({ ...planted, consumers: some }))?.model;
    expect(Math.abs((half?.intercept ?? 0) - (all?.intercept ?? 9))).toBeLessThan(0.25);
  });

  test('promises less the more are taken, for twenty sizes', async () => {
    const { report } = (await learn(planted)) ?? {};
    const curve = report?.curve ?? [];
    expect(curve.map(({ part }) => part)).toEqual([...CURVE]);
    for (const [i, size] of curve.slice(1).entries()) {
      expect(size.alike).toBeLessThanOrEqual((curve[i]?.alike ?? 0) + 1e-12);
      expect(size.caught).toBeGreaterThanOrEqual(curve[i]?.caught ?? 1);
    }
    expect(curve.at(-1)).toMatchObject({ caught: 1, consumers: planted.others });
    expect(curve.at(-1)?.density).toBeCloseTo(planted.seeds / planted.consumers.length, 10);
    expect(curve[6]?.density).toBeGreaterThan(2 * (curve.at(-1)?.density ?? 1));
  });

  test('of noise is nothing, and it says so: at most one world in ten is mistaken', async () => {
    // Note: one in forty is meant to be, and of forty more than four with a chance of 0.3 %.
    let mistaken = 0;
    for (let world = 0; world < 40; world += 1) {
      const { report } = (await learn(worldOf(1000 + 17 * world, 1000, () => 0.1))) ?? {};
      if (report?.signal !== false) mistaken += 1;
      expect(report?.signal).toBe((report?.auc.low ?? 0) > 0.5);
    }
    expect(mistaken).toBeLessThanOrEqual(4);
  });

  test('of a single seed is not told', async () => {
    const { consumers, ...rest } = planted;
    const one = consumers.findIndex(({ isSeed }) => isSeed);
    expect(
      await learn({ ...rest, consumers: consumers.filter(({ isSeed }, n) => n === one || !isSeed) }),
    ).toBeUndefined();
  });

  test('of few is measured by all of them in turn, of many by a fifth', async () => {
    const few = await learn(worldOf(8, 1000, ([a = 0]) => sigmoid(a - 2)));
    expect(few?.report).toMatchObject({ trained: 1000, held_out: 1000 });
    expect((await learn(planted))?.report).toMatchObject({ trained: 6400, held_out: 1600 });
  });
});

describe('those like the seed who are not in it', () => {
  const labelled = 0.3;
  const isAlike = ([a = 0, b = 0]: readonly number[]) => a + b > 1.2;
  const world = worldOf(7, 20_000, (x) => (isAlike(x) ? labelled : 0));

  test('the part of the alike that is in the seed is found again', async () => {
    const { report } = (await learn(world)) ?? {};
    expect(Math.abs((report?.labelled ?? 0) - labelled)).toBeLessThan(0.08);
  });

  test('and how many of the first tenth outside the seed are alike', async () => {
    const { report, model } = (await learn(world)) ?? {};
    const others = world.consumers.filter(({ isSeed }) => !isSeed);
    const x = matrix(others.map((each) => each.x));
    const score = others.map((each, row) => ({ each, at: model ? logOdds(model, x, row) : 0 }));
    const first = score.toSorted((a, b) => b.at - a.at).slice(0, Math.round(others.length / 10));
    const right = first.filter(({ each }) => isAlike(each.x)).length / first.length;
    const told = report?.curve.find(({ part }) => part === 0.1)?.alike ?? 0;
    expect(right).toBeGreaterThan(0.8);
    expect(Math.abs(told - right)).toBeLessThan(0.2);
  });

  test('Elkan and Noto’s numbers by hand', () => {
    expect(labelledShare([0.2, 0.4])).toBeCloseTo(0.3, 12);
    expect(labelledShare([])).toBeUndefined();
    // A chance of 0.15 to be in a seed that has 30 % of the alike: 0.7/0.3 · 0.15/0.85.
    expect(likenessOf(0.15, 0.3)).toBeCloseTo(0.411765, 6);
    expect(likenessOf(0.9, 0.3)).toBe(1);
  });
});
