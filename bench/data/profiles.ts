import type { Context } from '../../src/intake/context.ts';
import { nextCommit } from '../../src/intake/journal.ts';
import { type Fragment, join, sql } from '../../src/warehouse/sql.ts';
import type { Plan } from '../work.ts';
import { consumersOf } from './event-files.ts';
import { dice, file, fill, userNumber } from './world.ts';

/** Tags of a profile beside its five columns, and how many values each has: thirty in all. */
export const tags: Readonly<Record<string, number>> = {
  active_hour: 24,
  active_weekday: 7,
  app_version: 12,
  brand_taste: 20,
  career: 16,
  carrier: 4,
  channel_taste: 9,
  children: 4,
  city_age: 5,
  content_taste: 14,
  coupon_taste: 3,
  device_brand: 10,
  education: 6,
  hair: 5,
  house: 3,
  income_band: 8,
  live_taste: 3,
  marital: 3,
  member_years: 11,
  pet: 3,
  price_taste: 5,
  promo_taste: 4,
  season_taste: 4,
  skin: 6,
  vehicle: 3,
};

const provinces = [
  ...[
    '北京',
    '天津',
    '上海',
    '重庆',
    '河北',
    '山西',
    '辽宁',
    '吉林',
    '黑龙江',
    '江苏',
    '浙江',
    '安徽',
    '福建',
    '江西',
    '山东',
  ],
  ...[
    '河南',
    '湖北',
    '湖南',
    '广东',
    '海南',
    '四川',
    '贵州',
    '云南',
    '陕西',
    '甘肃',
    '青海',
    '内蒙古',
    '广西',
    '宁夏',
    '新疆',
  ],
];

/** City tiers by the ten. */
const tiers = [1, 2, 2, 3, 3, 4, 4, 5, 5, 6];

/** One of `values`, each with an even chance. */
const one = (purpose: number, values: readonly (string | number)[]): Fragment =>
  sql`${[...values]}[1 + ${dice(purpose)} % ${values.length}]`;

/** Profiles of nine consumers in ten, with a value of every tag each; what was kept of profiles before holds no longer. */
export async function fillProfiles({ warehouse, keys, registry }: Context, plan: Plan): Promise<void> {
  const values = Object.values(tags).map((count, i) => sql`toString(1 + ${dice(51 + i)} % ${count})`);
  await fill(warehouse, 'profiles', Math.floor((consumersOf(plan) * 9) / 10), {
    consumer: sql`toUInt32(1 + number + intDiv(number, 9))`,
    who: userNumber(sql`toString(consumer)`, keys),
    source: sql`'bench'`,
    file,
    line: sql`number`,
    gender: one(41, ['f', 'f', 'f', 'm', 'm']),
    birth_year: sql`toFloat64(1955 + ${dice(42)} % 55)`,
    province: one(43, provinces),
    city_tier: sql`toFloat64(${one(44, tiers)})`,
    spend_level: sql`toFloat64(1 + ${dice(45)} % 5)`,
    props: sql`mapFromArrays(${Object.keys(tags)}, [${join(values, ', ')}])`,
  });
  const commit = await nextCommit(registry);
  await warehouse.run(sql`INSERT INTO touched_profiles (commit, consumer) SELECT toUInt32(${commit}), toUInt32(0)`);
}
