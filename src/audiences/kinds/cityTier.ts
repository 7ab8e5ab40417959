import { spaced } from '../../base/spaced.ts';
import { sql } from '../../warehouse/sql.ts';
import { tierOf } from '../crowds/tier.ts';
import { type Range, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';

/** Lives in a city of a tier within a range: the profile's own tier, else that of its city or province by the home's table. */
export const cityTier = defineKind<Range>({
  name: 'city_tier',
  schema: range,
  example: '{"city_tier": {"max": 3}}',
  flag: (bounds, { plan, cityTiers }) => {
    const tier = plan.measure('profiles', sql`toFloat64(ifNull(${tierOf(cityTiers)}, 0))`, sql`1`);
    return { test: sql`(${tier} > 0 AND ${within(tier, bounds)})`, empty: false };
  },
  sentence: (bounds) => {
    const { zh, en } = rangeText(bounds);
    return { zh: spaced`城市线级${zh}`, en: `in a city of tier ${en}` };
  },
});
