import { itemCategories } from '../model/scope.ts';
import { sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type AsOf, rowsOf } from './facts.ts';
import { cellOf, type Feature, TASTE_DAYS } from './feature.ts';

/** How many of each are looked at, those of the most consumers first. */
const MOST = { behavior: 10, platform: 4, channel: 6, brand: 6, category: 12, tags: 8, values: 6 } as const;

/** A value that fewer consumers have tells nothing that could be learned. */
const FEWEST = 10;

/** What can be measured of consumers as of a day: by the facts known then, so that the list itself foretells nothing. */
export async function vocabulary(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const [acts, tastes, categories, profiles] = [
    await actsOf(warehouse, asOf),
    await tastesOf(warehouse, asOf),
    await categoriesOf(warehouse, asOf),
    await profilesOf(warehouse, asOf),
  ];
  const paid = (['orders', 'days', 'amount', 'items', 'recency'] as const).map(
    (value): Feature => ({ of: 'paid', value }),
  );
  const stages = asOf.lens.rules.stages.map(({ code }, i): Feature => ({ of: 'stage', level: i + 1, value: code }));
  return [...acts, ...tastes, ...categories, ...paid, { of: 'member' }, ...stages, ...profiles];
}

async function actsOf(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const rows = await warehouse.rows<{
    value: string;
  }>(sql`SELECT toString(behavior) AS value FROM ${rowsOf('events', asOf, sql`1`)}
    GROUP BY value HAVING uniq(consumer) >= ${FEWEST} ORDER BY uniq(consumer) DESC, value LIMIT ${MOST.behavior}`);
  return rows.flatMap(({ value }): Feature[] => [
    { of: 'behavior', value, days: 30 },
    { of: 'behavior', value, days: 365 },
    { of: 'recency', value },
  ]);
}

async function tastesOf(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const recent = sql`(SELECT * FROM ${rowsOf('events', asOf, sql`1`)} WHERE day > toDate(${asOf.on}) - ${TASTE_DAYS})`;
  const rows = await warehouse.rows<{ of: 'platform' | 'channel' | 'brand'; value: string; place: number }>(sql`
    SELECT pair.1 AS of, pair.2 AS value, row_number() OVER (PARTITION BY of ORDER BY uniq(consumer) DESC, value) AS place
    FROM (SELECT consumer, arrayJoin([('platform', toString(platform)), ('channel', toString(channel)), ('brand', toString(brand))]) AS pair
      FROM ${recent})
    WHERE value != '' GROUP BY of, value HAVING uniq(consumer) >= ${FEWEST}`);
  return rows.filter(({ of, place }) => place <= MOST[of]).map(({ of, value }): Feature => ({ of, value }));
}

async function categoriesOf(warehouse: Warehouse, asOf: AsOf): Promise<Feature[]> {
  const recent = sql`(SELECT consumer, item_id, category_id FROM ${rowsOf('events', asOf, sql`1`)} WHERE day > toDate(${asOf.on}) - ${TASTE_DAYS})`;
  const rows = await warehouse.rows<{
    value: string;
  }>(sql`SELECT if(i.own != '', i.own, toString(e.category_id)) AS value
    FROM ${recent} AS e LEFT JOIN ${itemCategories} AS i ON i.item_id = e.item_id
    WHERE value != '' GROUP BY value HAVING uniq(e.consumer) >= ${FEWEST}
    ORDER BY uniq(e.consumer) DESC, value LIMIT ${MOST.category}`);
  return rows.map(({ value }): Feature => ({ of: 'category', value }));
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
