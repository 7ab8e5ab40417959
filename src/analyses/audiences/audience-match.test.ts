import { expect, test } from 'vitest';
import type { Lens } from '../../lifecycle/kept.ts';
import { ask, keepAudiences, keepValues, lens, store, tell } from '../testing/world.ts';
import { audienceMatch } from './audience-match.ts';
import { divergence } from './divergence.ts';

const { warehouse } = store();
const on = '2026-06-30';
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** ¾·log₂1.5 + ¼·log₂0.5 */
const apart = 0.1887218755;

const rows: readonly (readonly [
  says: string,
  cells: readonly (readonly [number, number])[],
  bits: number | undefined,
])[] = [
  [
    'the same shares',
    [
      [1, 10],
      [3, 30],
    ],
    0,
  ],
  [
    'nothing in common',
    [
      [1, 0],
      [0, 5],
    ],
    1,
  ],
  [
    'three quarters against one',
    [
      [3, 1],
      [1, 3],
    ],
    apart,
  ],
  [
    'one side is empty',
    [
      [3, 0],
      [1, 0],
    ],
    undefined,
  ],
];
test.each(rows)('%s', (_, cells, bits) => {
  expect(divergence(cells)).toEqual(bits === undefined ? undefined : expect.closeTo(bits, 9));
});

/** 1 to 30 women and 31 to 40 men; 41 to 50 women and 51 to 80 men. */
async function world(): Promise<Lens> {
  await tell(warehouse(), {
    profiles: numbers(1, 80).map((consumer) => ({
      consumer,
      gender: consumer <= 30 || (consumer > 40 && consumer <= 50) ? 'f' : 'm',
      props: consumer <= 20 ? { taste: 'tea' } : {},
    })),
    creators: [
      { creator_id: 'k', props: { share_gender_f: '25%', share_gender_m: '75', share_city_x: '3', name: 'n' } },
    ],
  });
  const audiences = await keepAudiences(warehouse(), { a: numbers(1, 40), b: numbers(41, 80) });
  return { ...lens(), audiences, tags: await keepValues(warehouse(), { on, last: 80 }) };
}

test('two audiences by gender, and a creator whose followers are as the other audience', async () => {
  const seen = await world();
  const gender = { dimension: 'gender', divergence: expect.closeTo(apart, 9), match: expect.closeTo(81.1278, 3) };
  for (const other of [{ other: 'b' }, { creator: 'k' }]) {
    const asked = { audience: 'a', ...other, dimensions: ['gender', 'taste'] };
    expect(await ask(warehouse(), audienceMatch, asked, seen)).toEqual([
      { ...gender, dimension: '*', weight: 1 },
      { ...gender, weight: 1 },
      { dimension: 'taste', divergence: null, weight: null, match: null },
    ]);
  }
});

test('an audience is as itself, by the dimensions that are known', async () => {
  const rows = await ask(warehouse(), audienceMatch, { audience: 'a', other: 'a' }, await world());
  expect(rows.map(({ dimension, weight, match }) => [dimension, weight, match])).toEqual([
    ['*', 1, 100],
    ['crowd:eight', null, null],
    ['age_band', null, null],
    ['gender', 1, 100],
    ['city_tier', null, null],
    ['spend_level', null, null],
  ]);
});

test('another audience or a creator, not both and not neither', () => {
  for (const given of [{}, { other: 'b', creator: 'k' }])
    expect(audienceMatch.params.safeParse({ audience: 'a', ...given }).success).toBe(false);
});
