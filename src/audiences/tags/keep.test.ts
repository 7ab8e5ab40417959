/** What consumers have in common as of a day, value by value, checked by hand. */
import { beforeAll, expect, test } from 'vitest';
import { keepValues, lens, store, tell } from '../../analyses/testing/world.ts';
import { named } from '../../lifecycle/some.ts';
import { sql } from '../../warehouse/sql.ts';
import { taxonomyPresets } from '../crowds/presets.ts';
import { openTaxonomy } from '../crowds/read.ts';
import { keepTags, keepTagsAgain, tagsKept } from './keep.ts';

const on = '2026-06-30';
const { warehouse } = store();
const taxonomies = taxonomyPresets.map(openTaxonomy);
/** Two buyers of the year paid 10 and 20: the fifths begin at 10, 10, 20 and 20. */
const spendSteps = [1000, 1000, 2000, 2000];

/** 1 a mother in Shanghai, 2 an old man without a city, 3 says nothing and bought, 4 told twice, 5 nothing at all. */
const facts = {
  profiles: [
    { consumer: 1, gender: 'f', birth_year: 1996, city: '上海市', baby_age: 3, props: { taste: 'tea' } },
    { consumer: 2, gender: 'm', age_band: '60-69', city_tier: 2, spend_level: 5 },
    { consumer: 4, gender: 'm', birth_year: 2003, province: '北京', props: { taste: 'cups' } },
    { consumer: 4, gender: '', birth_year: 1970, city: '某县', props: { taste: 'milk', cats: '2' } },
  ],
  orders: [
    { consumer: 1, paid: '2026-06-01', amount: 10 },
    { consumer: 3, paid: '2026-06-02', amount: 20 },
    { consumer: 4, paid: '2025-06-30', amount: 500 },
  ],
  members: [{ consumer: 2, joined: '2026-01-01' }],
};

async function values(run: number): Promise<Record<string, number[]>> {
  const rows = await warehouse().rows<{ told: string; consumers: number[] }>(sql`
    SELECT concat(tag, ' ', value) AS told, arraySort(arrayFlatten(groupArray(bitmapToArray(members)))) AS consumers
    FROM ${tagsKept(run)} GROUP BY tag, value`);
  return Object.fromEntries(rows.map(({ told, consumers }) => [told, consumers]));
}

const told = {
  ' ': [1, 2, 3, 4, 5],
  'gender f': [1],
  'gender m': [2, 4],
  'age_band 30-34': [1],
  'age_band 60-69': [2],
  'age_band 50+': [4],
  'city 上海市': [1],
  'city 某县': [4],
  'province 北京': [4],
  'city_tier 1': [1, 4],
  'city_tier 2': [2],
  'spend_level 3': [1],
  'spend_level 5': [2, 3],
  'baby_age 3-6': [1],
  'taste tea': [1],
  'taste milk': [4],
  'cats 2': [4],
  'member member': [2],
  'member none': [1, 3, 4, 5],
  'stage P': [1, 3, 4],
  'stage I': [2],
  'stage none': [5],
  'crowd:eight exquisite_mom': [1],
  'crowd:eight urban_silver': [2, 4],
  'crowd:eight unknown': [3, 5],
  'crowd:twenty exquisite_mom_middle': [1],
  'crowd:twenty urban_silver_high': [2],
  'crowd:twenty urban_silver_ordinary': [4],
  'crowd:twenty unknown': [3, 5],
};

beforeAll(async () => {
  await tell(warehouse(), facts);
  await keepValues(warehouse(), { on, last: 5, taxonomies, spendSteps });
}, 60_000);

test('every value, and everybody who has it', async () => {
  const kept = await values(1);
  expect(kept).toEqual(told);
});

test('values found again of those who were touched are those found anew of all', async () => {
  await warehouse().run(sql`INSERT INTO profiles (consumer, gender, city_tier, file, line)
    VALUES (3, 'f', 5, 2, 1), (4, 'f', 3, 2, 2)`);
  await warehouse().run(sql`INSERT INTO people (who, consumer, version) VALUES (6, 6, 1), (2, 0, 2)`);
  const making = { on, lens: lens(), audiences: new Map(), taxonomies, spendSteps };
  const touched = named([2, 3, 4, 6]);
  await keepTagsAgain(warehouse(), 2, making, { run: 1, tags: ['taste', 'cats'], touched });
  await keepTags(warehouse(), 3, making);
  expect(await values(2)).toEqual(await values(3));
  expect((await values(2))['crowd:eight unknown']).toEqual([3, 5, 6]);
});
