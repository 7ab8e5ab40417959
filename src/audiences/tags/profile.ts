import { entities } from '../../model/entities.ts';
import { as, type Fragment, id, join, own, perConsumer, sql } from '../../warehouse/sql.ts';
import { tierOf } from '../crowds/tier.ts';

/** Tags of one's own with more values than this tell people apart, and no crowd: they are left out. */
const MOST_VALUES = 1000;
/** Tags of one's own that are kept, those that the most consumers have. */
const MOST_TAGS = 100;

const columns = entities.consumers.columns.map(({ name }) => name);
/** Columns that are told as they stand; years, tiers and levels are told otherwise. */
const plain = ['gender', 'province', 'city', 'occupation'];

/** Names of the tags beside those of the contract that consumers have in common, as far as these profiles tell: `tag`. */
export function ownTags(which: Fragment): Fragment {
  return sql`SELECT tag FROM ${perConsumer(sql`SELECT consumer, tag, value FROM ${own('profiles')}
      ARRAY JOIN mapKeys(props) AS tag, mapValues(props) AS value
      WHERE consumer != 0 AND value != '' AND tag NOT IN ${columns} AND ${which}`)}
    GROUP BY tag HAVING uniq(value) <= ${MOST_VALUES} ORDER BY uniq(consumer) DESC, tag LIMIT ${MOST_TAGS}`;
}

/** Values of consumers by their profiles as of a day: `consumer`, `tag`, `value`, a row a tag that is known. */
export function profileValues(tags: readonly string[], on: string, given: Places, which: Fragment): Fragment {
  const pairs = [
    ...plain.map((name) => pair(name, latest(sql`toString(${id(name)})`))),
    ...tags.map((name) => pair(name, latest(sql`props[${name}]`))),
    pair('age_band', ageBand(on)),
    pair('city_tier', sql`ifNull(toString(nullIf(${tierOf(given.cityTiers)}, 0)), '')`),
    pair('baby_age', babyAge),
  ];
  return perConsumer(sql`SELECT consumer, told.1 AS tag, told.2 AS value FROM (
    SELECT consumer, arrayJoin(arrayFilter(each -> each.2 != '', [${join(pairs, ', ')}])) AS told
    FROM ${own('profiles')} WHERE consumer != 0 AND ${which} GROUP BY consumer)`);
}

/** Age bands as of a day: `consumer`, `tag`, `value`. */
export function ageValues(on: string, which: Fragment): Fragment {
  return perConsumer(sql`SELECT consumer, 'age_band' AS tag, ${ageBand(on)} AS value
    FROM ${own('profiles')} WHERE consumer != 0 AND ${which} GROUP BY consumer HAVING value != ''`);
}

/** Where places lie, if the home has a table of its own. */
export interface Places {
  readonly cityTiers?: ReadonlyMap<string, number>;
}

const pair = (name: string, value: Fragment): Fragment => sql`(${name}, ${value})`;

/** What the last profile row says that says anything. */
const latest = (cell: Fragment): Fragment => sql`argMaxIf(${cell}, (file, line), ${cell} != '')`;
const latestNumber = (column: Fragment): Fragment => sql`argMaxIf(${column}, (file, line), isNotNull(${column}))`;

/** Bands of years that begin with these; within them nobody is told by the year. */
const years: readonly (readonly [from: number, band: string])[] = [
  [50, '50+'],
  [40, '40-49'],
  [35, '35-39'],
  [30, '30-34'],
  [25, '25-29'],
  [18, '18-24'],
  [0, '<18'],
];

function banded(number: Fragment, bands: typeof years, otherwise: Fragment): Fragment {
  const cases = bands.map(([from, band]) => sql`${number} >= ${from}, ${band}`);
  return sql`multiIf(${join([...cases, otherwise], ', ')})`;
}

/** The band of the age in the year of a day, else the band that the profile writes. */
function ageBand(on: string): Fragment {
  const age = sql`ifNull(toYear(${as(on, 'Date')}) - ${latestNumber(sql`birth_year`)}, -1)`;
  return banded(age, years, latest(sql`toString(age_band)`));
}

const babyAge = banded(
  sql`ifNull(${latestNumber(sql`baby_age`)}, -1)`,
  [
    [12.000001, '13+'],
    [7, '7-12'],
    [3, '3-6'],
    [1, '1-2'],
    [0, '<1'],
  ],
  sql`''`,
);
