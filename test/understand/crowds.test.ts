/** Taxonomies of crowds and the table of city tiers, kept by the home: versions, what rests on them, what is refused. */
import { beforeAll, describe, expect, test } from 'vitest';
import { bring, usersOf } from '../audiences/asking.ts';
import type { Facts } from '../audiences/facts.ts';
import { freshHome } from '../product.ts';

const on = '2026-06-30';
const home = freshHome();

const facts: Facts = {
  ...{ events: [], items: [], members: [], reviews: [] },
  orders: [10, 20, 30, 40, 50].map((amount, at) => ({
    ...{ id_user: `u${at}`, order_id: `o${at}`, order_time: '2026-06-01 10:00:00', amount: `${amount}.00` },
  })),
  consumers: [
    { id_user: 'u0', gender: 'f', city: '成都市', birth_year: '1996', baby_age: '12' },
    { id_user: 'u1', gender: 'm', province: '四川省', birth_year: '1996' },
    { id_user: 'u2', gender: 'm', city: '成都', birth_year: '1996', spend_level: '1' },
    { id_user: 'u3', gender: 'm', city_tier: '5', city: '成都', birth_year: '1996' },
    { id_user: 'u4', gender: 'm', city: '成都', birth_year: '2009' },
    { id_user: 'u5', gender: 'm', city: '成都', birth_year: '1991' },
    { id_user: 'u6', gender: 'f', city: '成都', baby_age: '13' },
  ],
};

const own = {
  name: 'ours',
  title: { zh: '自定义', en: 'Ours' },
  crowds: [
    { id: 'women', title: { zh: '女', en: 'Women' }, rule: { tag: { name: 'gender', in: ['f'] } } },
    { id: 'idle', title: { zh: '未购', en: 'Idle' }, rule: { not: { bought: {} } } },
  ],
};

const rows: readonly (readonly [says: string, rule: unknown, users: string])[] = [
  ['a tier by the city of the table', { city_tier: { min: 2, max: 2 } }, 'u0 u2 u4 u5 u6'],
  ['what the profile writes stands before the table', { city_tier: { min: 3 } }, 'u3'],
  ['fifths of five buyers: one each', { spend_level: { min: 2, max: 2 } }, 'u1'],
  ['what the profile writes stands before the fifths', { spend_level: { max: 1 } }, 'u0 u2'],
  ['who paid nothing has no level', { spend_level: { min: 1 } }, 'u0 u1 u2 u3 u4'],
  ['mothers of children up to twelve', { crowd: { taxonomy: 'eight', in: ['exquisite_mom'] } }, 'u0'],
  ['little spend is blue-collar', { crowd: { taxonomy: 'eight', in: ['urban_blue_collar'] } }, 'u2'],
  ['35 is still new white-collar', { crowd: { taxonomy: 'eight@1', in: ['new_white_collar'] } }, 'u5'],
  ['a low tier is a town', { crowd: { taxonomy: 'eight', in: ['town_youth'] } }, 'u3'],
  ['no tier, no age, under 18', { crowd: { taxonomy: 'eight', in: ['unknown'] } }, 'u1 u4 u6'],
  ['by spend: of the eight the first that holds', { crowd: { taxonomy: 'twenty', in: ['exquisite_mom_low'] } }, 'u0'],
  ['a taxonomy of one’s own', { crowd: { taxonomy: 'ours', in: ['women'] } }, 'u0 u6'],
  ['its second takes whom the first left', { crowd: { taxonomy: 'ours', in: ['idle'] } }, 'u5'],
  ['and the rest', { crowd: { taxonomy: 'ours', in: ['unknown'] } }, 'u1 u2 u3 u4'],
  ['none of a crowd', { not: { crowd: { taxonomy: 'ours', in: ['idle', 'unknown'] } } }, 'u0 u6'],
];

beforeAll(async () => {
  await bring(home, facts);
  await (await home.product()).putCrowds(own);
}, 60_000);

test('rules of crowds, tiers and spend levels, each by hand', async () => {
  const found = await usersOf(
    home,
    rows.map(([, rule]) => ({ rule, on })),
  );
  expect(rows.map(([says], at) => [says, found[at]?.join(' ')])).toEqual(rows.map(([says, , users]) => [says, users]));
});

/** Of the eight u0 is a mother who spent little, u2 blue-collar, u3 young in a town, u5 new white-collar; u2 and u3 spent no more than the middle, u5 nothing. */
test('all crowds of a taxonomy of twenty are counted in one question', async () => {
  const product = await home.product();
  const ids = [...(await product.crowdTaxonomy('twenty')).crowds.map(({ id }) => id), 'unknown'];
  const any = ids.map((id) => ({ crowd: { taxonomy: 'twenty', in: [id] } }));
  const told = await product.explainRule({ rule: { any }, on });
  const counts = told.conditions.slice(1).map(({ consumers }, at) => [ids[at], consumers] as const);
  expect(counts.filter(([, consumers]) => consumers > 0)).toEqual([
    ['exquisite_mom_low', 1],
    ['town_youth_high', 1],
    ['urban_blue_collar_ordinary', 1],
    ['new_white_collar_low', 1],
    ['unknown', 3],
  ]);
  expect([ids.length, told.consumers]).toEqual([21, 7]);
  expect(await product.countAudience({ rule: { any }, on })).toMatchObject({ consumers: 7 });
});

describe('a version that is put', () => {
  test('stands before the one of the program, and both stay', async () => {
    const product = await home.product();
    const [first, ...rest] = (await product.crowdTaxonomy('eight')).crowds;
    const changed = await product.putCrowds({
      ...(await product.crowdTaxonomy('eight')),
      crowds: [{ ...first, rule: { tag: { name: 'gender', in: ['f'] } } }, ...rest],
    });
    expect(changed).toMatchObject({ name: 'eight', version: 2, origin: 'tenant' });
    expect((await product.crowds()).map(({ name, version, origin }) => [name, version, origin])).toEqual([
      ['eight', 2, 'tenant'],
      ['twenty', 1, 'proposed'],
      ['ours', 1, 'tenant'],
    ]);
    const users = async (taxonomy: string) =>
      (await usersOf(home, [{ rule: { crowd: { taxonomy, in: ['exquisite_mom'] } }, on }]))[0];
    expect([await users('eight'), await users('eight@1')]).toEqual([['u0', 'u6'], ['u0']]);
  });

  test('finds the members of audiences that rest on it anew', async () => {
    const product = await home.product();
    const rule = { crowd: { taxonomy: 'ours', in: ['women'] } };
    expect(await product.createAudience({ name: 'ours', rule, on })).toMatchObject({ consumers: 2 });
    const [women, ...rest] = own.crowds;
    await product.putCrowds({ ...own, crowds: [{ ...women, rule: { tag: { name: 'gender', in: ['m'] } } }, ...rest] });
    expect(await product.audience('ours')).toMatchObject({ consumers: 5 });
    await product.putCrowds(own);
    expect(await product.countAudience({ name: 'ours' })).toEqual({ consumers: 2, on });
  });

  const refused: readonly (readonly [says: string, given: Readonly<Record<string, unknown>>, code: string])[] = [
    ['the same again', own, 'crowds_same'],
    ['no crowds', { ...own, crowds: [] }, 'crowds'],
    ['an id twice', { ...own, crowds: [own.crowds[0], own.crowds[0]] }, 'crowds'],
    ['the id of the rest', { ...own, crowds: [{ ...own.crowds[0], id: 'unknown' }] }, 'crowds'],
    ['a rule with faults', { ...own, crowds: [{ ...own.crowds[0], rule: { tags: {} } }] }, 'audience_rule'],
    [
      'a rule that rests on crowds',
      { ...own, crowds: [{ ...own.crowds[0], rule: { not: { crowd: { taxonomy: 'eight', in: ['z_era'] } } } }] },
      'crowds',
    ],
    [
      'a rule that rests on audiences',
      { ...own, crowds: [{ ...own.crowds[0], rule: { audience: 'ours' } }] },
      'crowds',
    ],
  ];
  test.each(refused)('%s is refused', async (_, given, code) => {
    await expect((await home.product()).putCrowds(given)).rejects.toMatchObject({ code });
  });

  test('names are those that there are', async () => {
    const product = await home.product();
    const count = (taxonomy: string, id: string) =>
      product.countAudience({ rule: { crowd: { taxonomy, in: [id] } }, on });
    await expect(count('nine', 'z_era')).rejects.toMatchObject({ code: 'crowds' });
    await expect(count('eight', 'z')).rejects.toMatchObject({ code: 'crowd' });
    await expect(product.crowdTaxonomy('eight@9')).rejects.toMatchObject({ code: 'crowds' });
  });
});

test('a table of tiers of one’s own stands until it is emptied', async () => {
  const product = await home.product();
  const tier = async (rule: unknown) => (await usersOf(home, [{ rule, on }]))[0]?.join(' ');
  expect(await product.putCityTiers({ 成都市: 4, 四川: 3 })).toEqual({ 成都: 4, 四川: 3 });
  expect(await tier({ city_tier: { min: 3 } })).toBe('u0 u1 u2 u3 u4 u5 u6');
  expect(await tier({ city_tier: { max: 3 } })).toBe('u1');
  expect(await product.putCityTiers({})).toMatchObject({ 上海: 1, 成都: 2 });
  expect(await tier({ city_tier: { min: 2, max: 2 } })).toBe('u0 u2 u4 u5 u6');
});
