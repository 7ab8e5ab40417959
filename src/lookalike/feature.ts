import { z } from 'zod';
import { entities } from '../model/entities.ts';
import { type Fragment, id, sql } from '../warehouse/sql.ts';

const named = z.string().max(500);

/** What is measured of a consumer as of the end of a day, in a form that can be kept. */
export const feature = z.discriminatedUnion('of', [
  z.object({ of: z.literal('behavior'), value: named, days: z.int().min(1) }),
  z.object({ of: z.literal('recency'), value: named }),
  z.object({ of: z.enum(['platform', 'channel', 'brand', 'category']), value: named }),
  z.object({ of: z.literal('paid'), value: z.enum(['orders', 'days', 'amount', 'items', 'recency']) }),
  z.object({ of: z.literal('member') }),
  z.object({ of: z.literal('stage'), level: z.int().min(1), value: named }),
  z.object({ of: z.literal('profile'), name: named, value: named }),
  z.object({ of: z.literal('age'), value: z.int() }),
]);
export type Feature = z.infer<typeof feature>;

/** Where a feature is measured. */
export type Source = 'acts' | 'tastes' | 'paid' | 'members' | 'stages' | 'profiles';

const sources = {
  ...{ behavior: 'acts', recency: 'acts', platform: 'tastes', channel: 'tastes', brand: 'tastes' },
  ...{ category: 'tastes', paid: 'paid', member: 'members', stage: 'stages', profile: 'profiles', age: 'profiles' },
} as const satisfies Record<Feature['of'], Source>;

export const sourceOf = ({ of }: Feature): Source => sources[of];

/** Days that platforms, channels, brands and categories are counted over, and in which recency fades to a third. */
export const TASTE_DAYS = 90;
const FADE_DAYS = 14;
const YEAR_DAYS = 365;

/** The number that a consumer's rows of its source give as of the end of a day; counts and amounts by their logarithm. */
export function measureOf(each: Feature, on: Fragment): Fragment {
  switch (each.of) {
    case 'behavior':
      return sql`log1p(countIf(behavior = ${each.value} AND day > ${on} - ${each.days}))`;
    case 'recency':
      return faded(sql`behavior = ${each.value}`, on);
    case 'platform':
    case 'channel':
    case 'brand':
    case 'category':
      return sql`log1p(countIf(${id(`own_${each.of}`)} = ${each.value}))`;
    case 'paid':
      return paid(each.value, on);
    case 'member':
      return sql`toFloat64(1)`;
    case 'stage':
      return sql`toFloat64(sum(toInt32(level) * sign) = ${each.level})`;
    case 'profile':
      return sql`toFloat64(argMaxIf(${cellOf(each.name)}, (file, line), ${cellOf(each.name)} != '') = ${each.value})`;
    case 'age':
      return sql`toFloat64(max(ifNull(birth_year, 0)) > 0 AND intDiv(toYear(${on}) - toInt64(max(ifNull(birth_year, 0))), 10) * 10 = ${each.value})`;
  }
}

/** 1 today, fading from day to day; what never was lies so far back that nothing is left of it. */
const faded = (test: Fragment, on: Fragment): Fragment =>
  sql`exp(-toFloat64(${on} - maxIf(day, ${test})) / ${FADE_DAYS})`;

function paid(what: 'orders' | 'days' | 'amount' | 'items' | 'recency', on: Fragment): Fragment {
  const year = sql`day > ${on} - ${YEAR_DAYS}`;
  const measures = {
    orders: sql`log1p(uniqExactIf(order_key, ${year}))`,
    days: sql`log1p(uniqExactIf(day, ${year}))`,
    amount: sql`log1p(sumIf(net, ${year}) / 100)`,
    items: sql`log1p(uniqExactIf(item_id, ${year}))`,
    recency: faded(sql`1`, on),
  };
  return measures[what];
}

/** A consumer's tag as text, by the profile's own column or the column it came with. */
export function cellOf(name: string): Fragment {
  const isColumn = entities.consumers.columns.some((column) => column.name === name);
  return isColumn ? sql`ifNull(toString(${id(name)}), '')` : sql`props[${name}]`;
}
