import { as, type Fragment, id, sql } from '../../warehouse/sql.ts';
import { cityTiers } from './places.ts';

/** What a place is called after its name: 浙江省 is 浙江. */
const suffix = '(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$';

/** A place's bare name. */
export const bareName = (name: string): string => name.trim().replace(new RegExp(suffix), '');

function bare(column: 'province' | 'city'): Fragment {
  const last = sql`argMaxIf(toString(${id(column)}), (file, line), ${id(column)} != '')`;
  return sql`replaceRegexpOne(trimBoth(${last}), ${suffix}, '')`;
}

/**
 * City tier of a consumer by its profile rows: the last one written, else that of its city, else of its province, by a
 * table; 0 where neither is known.
 */
export function tierOf(places: ReadonlyMap<string, number> = cityTiers): Fragment {
  const names = as([...places.keys()], 'Array(String)');
  const tiers = as([...places.values()], 'Array(Float64)');
  const by = (place: Fragment, other: Fragment) => sql`transform(${place}, ${names}, ${tiers}, ${other})`;
  const told = by(bare('city'), by(bare('province'), sql`toFloat64(0)`));
  return sql`ifNull(argMaxIf(city_tier, (file, line), isNotNull(city_tier)), ${told})`;
}
