import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { type Fragment, id, join, sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';
import { listText } from '../where.ts';

const titles = {
  province: { zh: '省份', en: 'province' },
  city: { zh: '城市', en: 'city' },
  city_tier: { zh: '城市线级', en: 'city tier' },
} as const;
type Level = keyof typeof titles;
const levels = Object.keys(titles) as Level[]; // as: the keys of a literal

const names = z.array(z.string().min(1).max(100)).min(1).max(2000).optional();

const body = z
  .strictObject({ province: names, city: names, city_tier: z.array(z.number().positive()).min(1).max(20).optional() })
  .refine((given) => levels.some((level) => given[level] !== undefined), {
    message: 'give `province`, `city` or `city_tier` | 须给出 province、city 或 city_tier',
  });
type Body = z.infer<typeof body>;

/** What a place is called after its name: 浙江省 is 浙江. */
const suffix = '(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$';

function named(level: 'province' | 'city', allowed: readonly string[]): Fragment {
  const bare = allowed.map((each) => each.trim().replace(new RegExp(suffix), ''));
  const last = sql`argMaxIf(toString(${id(level)}), (file, line), ${id(level)} != '')`;
  return sql`replaceRegexpOne(trimBoth(${last}), ${suffix}, '') IN ${bare}`;
}

function tests({ province, city, city_tier: tiers }: Body): Fragment[] {
  return [
    ...(province ? [named('province', province)] : []),
    ...(city ? [named('city', city)] : []),
    ...(tiers ? [sql`argMaxIf(ifNull(city_tier, 0), (file, line), ifNull(city_tier, 0) > 0) IN ${tiers}`] : []),
  ];
}

/** Lives in one of these provinces, cities and tiers, all that are given, by the last profile row that tells of each. */
export const region = defineKind<Body>({
  name: 'region',
  schema: body,
  example: '{"region": {"province": ["浙江", "江苏"], "city_tier": [1, 2]}}',
  flag: (given, { plan }) =>
    measured(plan.measure('profiles', sql`toUInt8(${join(tests(given), ' AND ')})`, sql`1`), { min: 1 }),
  sentence: (given) => {
    const told = levels.flatMap((level) => {
      const allowed = given[level];
      return allowed ? [{ title: titles[level], list: listText(allowed) }] : [];
    });
    return {
      zh: told.map(({ title, list }) => spaced`${title.zh}为${list.zh}`).join('，'),
      en: told.map(({ title, list }) => `${title.en} ${list.en}`).join(' and '),
    };
  },
});
