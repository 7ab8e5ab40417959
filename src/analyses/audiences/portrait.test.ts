import { expect, test } from 'vitest';
import { taxonomyPresets } from '../../audiences/crowds/presets.ts';
import { openTaxonomy } from '../../audiences/crowds/read.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import { ask, type Facts, keepAudiences, keepValues, lens, peopleOf, store, tell } from '../testing/world.ts';
import { portrait } from './portrait.ts';

const { warehouse } = store();
const on = '2026-06-30';
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const near = (number: number | null) => (number === null ? null : expect.closeTo(number, 6));

async function seen(facts: Facts, audiences: Record<string, readonly number[]>, last: number): Promise<Lens> {
  await tell(warehouse(), facts);
  const tags = await keepValues(warehouse(), { on, last, taxonomies: taxonomyPresets.map(openTaxonomy) });
  return { ...lens(), audiences: await keepAudiences(warehouse(), audiences), tags };
}

/** 1 to 200 are women, 201 to 400 men, 401 to 500 say nothing. */
const byGender = {
  profiles: numbers(1, 400).map((consumer) => ({ consumer, gender: consumer <= 200 ? 'f' : 'm' })),
};
const half = { a: [...numbers(101, 250), ...numbers(451, 500)], b: numbers(1, 400), c: numbers(101, 260) };

/**
 * Of 200, 150 are known, 100 of them women: 100/150 against 200/400, a TGI of 133.3; Wilson of 100/150 is 0.587794 to
 * 0.737046 (R), doubled by the base share of 1/2. Against the 250 others who are known, 100 of them women: p = 2.46e-7,
 * and the other half of the same 150 has the same p, so that q of the two is p. 200 of 500 make 150 of 200 much less than
 * 400 of 500 would: p of the coverage 0.0401, q of the last of three.
 */
test('TGI with its interval and q, by hand', async () => {
  const rows = await ask(warehouse(), portrait, { audience: 'a', tags: ['gender'] }, await seen(byGender, half, 500));
  const q = 3.6960566e-7;
  expect(rows).toEqual([
    {
      ...{ tag: 'gender', value: '*', consumers: 150, share: 0.75, base_share: 0.8 },
      ...{ tgi: 93.75, low: near(85.7236279), high: near(100.6246949), q: near(0.0124193) },
    },
    {
      ...{ tag: 'gender', value: 'f', consumers: 100, share: near(2 / 3), base_share: 0.5 },
      ...{ tgi: near(133.333333), low: near(117.5587), high: near(147.4093), q: near(q) },
    },
    {
      ...{ tag: 'gender', value: 'm', consumers: 50, share: near(1 / 3), base_share: 0.5 },
      ...{ tgi: near(66.666667), low: near(52.5907), high: near(82.4413), q: near(q) },
    },
  ]);
});
