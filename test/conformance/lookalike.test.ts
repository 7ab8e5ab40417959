/** A lookalike is learned on every engine, and scores everybody as it was learned. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bring } from '../audiences/asking.ts';
import { on, worldOf } from '../lookalike/world.ts';
import { freshHome } from '../product.ts';
import { type Engine, engines } from '../servers/engines.ts';

describe.each(engines)('$name: a lookalike', { timeout: 240_000 }, ({ open, missing }) => {
  let engine: Engine | undefined;
  const home = freshHome(() => engine?.config ?? {});

  beforeAll(async () => {
    if (!missing) engine = await open();
  }, 120_000);
  afterAll(async () => {
    await home.close();
    await engine?.end();
  });

  test.skipIf(missing !== undefined)('is learned, and proposes the best outside its seed', async () => {
    const world = worldOf(5, 900);
    await bring(home, world.known);
    const product = await home.product();
    const bought = { bought: { window: { days: 7 } } };
    await product.createAudience({ name: 'buyers', rule: bought, on });
    const { id, report, seeds } = await product.trainLookalike({ seed: 'buyers', on, ahead: 7 });
    expect([seeds, report.signal]).toEqual([world.buyers.length, true]);
    expect(report.auc.auc).toBeGreaterThan(0.7);
    const best = { lookalike: { model: id, top: 50 } };
    const both = { all: [best, { audience: 'buyers' }] };
    expect([
      (await product.countAudience({ rule: best, on })).consumers,
      (await product.countAudience({ rule: both, on })).consumers,
    ]).toEqual([50, 0]);
  });
});
