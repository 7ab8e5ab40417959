import { id, join, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type AsOf, rowsOf } from './facts.ts';
import { cellOf, type Feature } from './feature.ts';

/** How many of each are looked at, those of the most consumers first. */
const MOST = { behavior: 10, platform: 4, channel: 6, brand: 6, category: 12, tags: 8, values: 6 } as const;

/** A value that fewer consumers have tells nothing that could be learned. */
const FEWEST = 10;

/** What can be measured of consumers as of a day: by the facts known then, so that the list itself foretells nothing. */
export async function vocabulary(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const [acts, liked, profiles] = [
    await actsOf(warehouse, asOf),
    await tastesOf(warehouse, asOf),
    await profilesOf(warehouse, asOf),
  ];
  const paid = (['orders', 'days', 'amount', 'items', 'recency'] as const).map(
    (value): Feature => ({ of: 'paid', value }),
  );
  const stages = asOf.lens.rules.stages.map(({ code }, i): Feature => ({ of: 'stage', level: i + 1, value: code }));
  return [...acts, ...liked, ...paid, { of: 'member' }, ...stages, ...profiles];
}

async function actsOf(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const rows = await warehouse.rows<{
    value: string;
  }>(sql`SELECT toString(behavior) AS value FROM ${rowsOf('acts', asOf, sql`1`)}
    GROUP BY value HAVING uniq(consumer) >= ${FEWEST} ORDER BY uniq(consumer) DESC, value LIMIT ${MOST.behavior}`);
  return rows.flatMap(({ value }): Feature[] => [
    { of: 'behavior', value, days: 30 },
    { of: 'behavior', value, days: 365 },
    { of: 'recency', value },
  ]);
}

const tastes = ['platform', 'channel', 'brand', 'category'] as const;

async function tastesOf(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const pairs = join(
    tastes.map((of) => sql`(${of}, ${id(`own_${of}`)})`),
    ', ',
  );
  const rows = await warehouse.rows<{ of: (typeof tastes)[number]; value: string; place: number }>(sql`
    SELECT pair.1 AS of, pair.2 AS value, row_number() OVER (PARTITION BY of ORDER BY uniq(consumer) DESC, value) AS place
    FROM (SELECT consumer, arrayJoin([${pairs}]) AS pair FROM ${rowsOf('tastes', asOf, sql`1`)})
    WHERE value != '' GROUP BY of, value HAVING uniq(consumer) >= ${FEWEST} ORDER BY of, place`);
  return rows.filter(({ of, place }) => place <= MOST[of]).map(({ of, value }): Feature => ({ of, value }));
}

const columns = ['gender', 'age_band', 'province', 'city_tier', 'spend_level', 'occupation'] as const;

async function profilesOf(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const profiles = rowsOf('profiles', asOf, sql`1`);
  const keys = await warehouse.rows<{ name: string }>(sql`SELECT arrayJoin(mapKeys(props)) AS name FROM ${profiles}
    GROUP BY name HAVING uniq(consumer) >= ${FEWEST} AND uniq(props[name]) <= 100 ORDER BY uniq(consumer) DESC, name LIMIT ${MOST.tags}`);
  const found: Feature[] = [];
  for (const name of [...columns, ...keys.map((each) => each.name)]) {
    const rows = await warehouse.rows<{
      value: string;
    }>(sql`SELECT ${cellOf(name)} AS value FROM ${profiles} WHERE value != ''
      GROUP BY value HAVING uniq(consumer) >= ${FEWEST} ORDER BY uniq(consumer) DESC, value LIMIT ${MOST.values}`);
    found.push(...rows.map(({ value }): Feature => ({ of: 'profile', name, value })));
  }
  const ages = await warehouse.rows<{
    value: number;
  }>(sql`SELECT intDiv(toYear(toDate(${asOf.on})) - toInt64(birth_year), 10) * 10 AS value
    FROM ${profiles} WHERE birth_year > 0 GROUP BY value HAVING uniq(consumer) >= ${FEWEST} ORDER BY value LIMIT 12`);
  return [...found, ...ages.map(({ value }): Feature => ({ of: 'age', value }))];
}
