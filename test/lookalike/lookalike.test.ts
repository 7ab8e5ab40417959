/** Lookalikes through the product: planted signal, noise, the future, and who is proposed. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lookalike } from '../../src/api/lookalikes.ts';
import { lensOf } from '../../src/app/audiences/members.ts';
import { storedLookalike } from '../../src/app/lookalikes/stored.ts';
import { addDays } from '../../src/base/day.ts';
import { logOdds } from '../../src/lookalike/logistic.ts';
import { featuresOf, scores } from '../../src/lookalike/measure.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { bring } from '../audiences/asking.ts';
import { freshHome } from '../product.ts';
import { before, on, worldOf } from './world.ts';

const world = worldOf(5, 3000);
const home = freshHome();
let model: Lookalike;

beforeAll(async () => {
  await bring(home, world.known);
  const product = await home.product();
  const bought = { bought: { window: { from: addDays(before, 1), to: on } } };
  await product.createAudience({ name: 'buyers', rule: bought, on });
  await product.createAudience({ name: 'women', rule: { tag: { name: 'gender', in: ['f'] } }, on });
  await product.createAudience({ name: 'drawn', rule: { sample: { percent: 15, seed: 'x' } }, on });
  model = await product.trainLookalike({ seed: 'buyers', on, ahead: 7 });
}, 120_000);

const usersOf = async (name: string): Promise<string[]> => {
  const members = await (await home.product()).audienceMembers(name);
  return members.filter(({ type }) => type === 'user').map(({ value }) => value);
};

describe('a lookalike', () => {
  test('of a planted signal has an AUC of 0.75 and more, and a lift of 2 and more in the first twentieth', () => {
    expect(model).toMatchObject({ seeds: world.buyers.length, cold: 0, others: 3000 - world.buyers.length });
    expect(model.report.signal).toBe(true);
    expect(model.report.auc.auc).toBeGreaterThan(0.75);
    expect(model.report.lift.find(({ part }) => part === 0.05)?.lift).toBeGreaterThanOrEqual(2);
    expect(model.report.features.slice(0, 4).some(({ en }) => en.includes('“Added to cart”'))).toBe(true);
  });

  test('of a random seed says that there is nothing to tell', async () => {
    const { report } = await (await home.product()).trainLookalike({ seed: 'drawn', on, ahead: 7 });
    expect(report.signal).toBe(false);
  });

  test('never looks at days after that of the features: the coupon of the week is not seen', async () => {
    const product = await home.product();
    const named = (each: Lookalike) => each.report.features.filter(({ en }) => /Coupon|Pay days|Net amount/.test(en));
    const told = await product.trainLookalike({ seed: 'buyers', on });
    expect(told.report.auc.auc).toBeGreaterThan(0.99);
    expect(named(told).length).toBeGreaterThan(0);
    expect(named(model).filter(({ weight }) => weight !== 0)).toEqual([]);
    expect(model.report.auc.auc).toBeLessThan(0.95);
  });

  test('never looks at days after the one asked: what comes in later changes nothing', async () => {
    await bring(home, world.later);
    const again = await (await home.product()).trainLookalike({ seed: 'buyers', on, ahead: 7 });
    expect(again.report).toEqual(model.report);
  });

  test('scores everybody by SQL as it was learned', async () => {
    const { context } = (await home.product()).installation;
    const { model: kept } = await storedLookalike(context.registry, model.id);
    const asOf = { on: before, lens: await lensOf(context, undefined) };
    const rows = await context.warehouse.rows<{ x: number[]; score: number }>(
      sql`SELECT f.x AS x, s.score AS score FROM ${featuresOf(kept.features, asOf, sql`1`)} AS f
        INNER JOIN ${scores(kept.features, kept, asOf)} AS s ON s.consumer = f.consumer`,
    );
    expect(rows).toHaveLength(3000);
    const matrix = (x: number[]) => ({ rows: 1, width: x.length, values: Float64Array.from(x) });
    const far = rows.filter(({ x, score }) => Math.abs(logOdds(kept, matrix(x), 0) - score) > 1e-9);
    expect(far).toEqual([]);
  });

  test('as an audience takes so many, none of them seeds, and denser ones than the rest', async () => {
    const product = await home.product();
    const made = await product.createAudience({
      ...{ name: 'alike', on, kind: 'static' },
      rule: { lookalike: { model: model.id, top: 200 } },
    });
    expect(made.consumers).toBe(200);
    const users = await usersOf('alike');
    expect(users.filter((user) => world.buyers.includes(user))).toEqual([]);
    const carts = (those: readonly string[]) =>
      world.known.events.filter(({ id_user = '', behavior }) => behavior === 'cart' && those.includes(id_user)).length /
      those.length;
    const rest = world.known.consumers.map(({ id_user = '' }) => id_user).filter((user) => !users.includes(user));
    expect(carts(users)).toBeGreaterThan(1.5 * carts(rest));
    expect(made.sentence.en).toBe(`the 200 most like the seed of lookalike ${model.id}`);
  });

  test('leaves out whoever is to be left out', async () => {
    const product = await home.product();
    const { id } = await product.trainLookalike({ seed: 'buyers', on, ahead: 7, exclude: ['women'] });
    const both = { all: [{ lookalike: { model: id, top: 3000 } }, { audience: 'women' }] };
    expect((await product.countAudience({ rule: both, on })).consumers).toBe(0);
    expect((await product.countAudience({ rule: { lookalike: { model: id, top: 50 } }, on })).consumers).toBe(50);
  });

  test.each([
    ['a day before the one it knows', { lookalike: { model: 1, top: 5 } }, addDays(on, -1), 'lookalike_day'],
    ['a model that is not there', { lookalike: { model: 99, top: 5 } }, on, 'lookalike'],
  ])('is refused for %s', async (_, rule, day, code) => {
    await expect((await home.product()).countAudience({ rule, on: day })).rejects.toMatchObject({ code });
  });

  test('is not made of a handful, nor of members that nobody knew yet', async () => {
    const product = await home.product();
    await product.createAudience({ name: 'few', rule: { lookalike: { model: model.id, top: 40 } }, on });
    await expect(product.trainLookalike({ seed: 'few', on })).rejects.toMatchObject({ code: 'lookalike_seed' });
    await expect(product.trainLookalike({ seed: 'alike', on: before })).rejects.toMatchObject({
      code: 'lookalike_static',
    });
  });

  test('goes when no audience is made by it', async () => {
    const product = await home.product();
    await expect(product.removeLookalike(model.id)).rejects.toMatchObject({ code: 'lookalike_used' });
    const ids = (await product.lookalikes()).map(({ id }) => id);
    for (const name of ['alike', 'few']) await product.removeAudience(name);
    await product.removeLookalike(model.id);
    expect((await product.lookalikes()).map(({ id }) => id)).toEqual(ids.filter((id) => id !== model.id));
  });
});
