import type { Context } from '../intake/context.ts';
import { type EntityName, entities, entityNames } from '../model/entities.ts';
import { type Fragment, id, join, sql } from '../warehouse/sql.ts';
import type { State } from './answers/state.ts';
import { rulesMeant } from './answers/state.ts';

/** Brands and categories that are offered to choose from. */
const MOST_CHOICES = 500;

/** How fresh the data are, how far they reach, and what they can be narrowed to. */
export interface DataState {
  readonly version: string;
  readonly as_of: string;
  /** First and last business day of any event or order; null where there is none. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly consumers: number;
  /** `name@version` of the adopted rules. */
  readonly rules: string;
  readonly entities: ReadonlyArray<{
    readonly entity: string;
    readonly rows: number;
    readonly lastDay: string | null;
  }>;
  readonly brands: readonly string[];
  readonly categories: readonly string[];
  /** What categories that are codes are called: the path of their items. */
  readonly categoryNames: Readonly<Record<string, string>>;
}

interface Extent extends Record<string, unknown> {
  readonly entity: EntityName;
  readonly rows: number;
  readonly first: string;
  readonly last: string;
}

export async function dataState(context: Context, state: State): Promise<DataState> {
  const [extents, consumers, brands, categories, categoryNames] = await Promise.all([
    extentsOf(context),
    consumersOf(context),
    choices(context, brandRows),
    choices(context, categoryRows),
    namesOfCategories(context),
  ]);
  const acted = extents.filter(({ entity, rows }) => rows > 0 && dated.acts.includes(entity));
  return {
    version: state.version,
    as_of: state.as_of,
    firstDay: acted.map(({ first }) => first).sort()[0] ?? null,
    lastDay:
      acted
        .map(({ last }) => last)
        .sort()
        .at(-1) ?? null,
    consumers,
    rules: rulesMeant(state, undefined),
    entities: extents.map(({ entity, rows, last }) => ({
      entity,
      rows,
      lastDay: rows > 0 && last > NO_DAY ? last : null,
    })),
    brands: [...new Set([...context.brands, ...brands])],
    categories,
    categoryNames,
  };
}

/** Where the day of an entity's rows stands. */
const dated: {
  readonly acts: readonly EntityName[];
  readonly day: readonly EntityName[];
  readonly date: readonly EntityName[];
} = {
  acts: ['events', 'orders', 'order_heads'],
  day: ['events', 'orders', 'order_heads', 'members', 'reviews'],
  date: ['media_spend', 'inventory'],
};

/** The day of a row that has none. */
const NO_DAY = '1970-01-01';

function dayColumn(entity: EntityName): Fragment {
  if (dated.day.includes(entity)) return sql`day`;
  return dated.date.includes(entity) ? sql`date` : sql`toDate(0)`;
}

async function extentsOf({ warehouse }: Context): Promise<Extent[]> {
  const parts = entityNames.map((entity) => {
    const day = dayColumn(entity);
    return sql`SELECT ${entity} AS entity, count() AS rows, minIf(${day}, ${day} > toDate(0)) AS first, max(${day}) AS last
      FROM ${id(entities[entity].table)}`;
  });
  const rows = await warehouse.rows<Extent>(sql`SELECT * FROM (${join(parts, ' UNION ALL ')})`);
  return rows.sort((a, b) => entityNames.indexOf(a.entity) - entityNames.indexOf(b.entity));
}

async function consumersOf({ warehouse }: Context): Promise<number> {
  const [row] = await warehouse.rows<{ all: number }>(
    sql`SELECT groupBitmap(consumer) AS all FROM people FINAL WHERE consumer != 0`,
  );
  return row?.all ?? 0;
}

/** Values by how many rows have them, from the items where they say any, else from what happened. */
async function choices(
  { warehouse }: Context,
  source: { readonly items: Fragment; readonly acts: Fragment },
): Promise<string[]> {
  for (const rows of [source.items, source.acts]) {
    const found = await warehouse.rows<{ value: string }>(
      sql`SELECT value FROM (${rows}) WHERE value != '' GROUP BY value ORDER BY sum(times) DESC, value LIMIT ${MOST_CHOICES}`,
    );
    if (found.length > 0) return found.map(({ value }) => value);
  }
  return [];
}

/** Note: of several paths of one code the last by name, so that the answer is the same every time. */
/** What categories that are codes are called, those of the most items: the path of their items. */
export async function namesOfCategories({ warehouse }: Context): Promise<Record<string, string>> {
  const rows = await warehouse.rows<{ code: string; name: string }>(
    sql`SELECT category_id AS code, max(category) AS name FROM items WHERE category_id != '' AND category != ''
      GROUP BY code ORDER BY count() DESC, code LIMIT ${MOST_CHOICES}`,
  );
  return Object.fromEntries(rows.filter(({ code, name }) => code !== name).map(({ code, name }) => [code, name]));
}

function actsBy(column: 'brand' | 'category_id'): Fragment {
  const tables = [id('events'), id('order_lines')];
  return join(
    tables.map((table) => sql`SELECT ${id(column)} AS value, count() AS times FROM ${table} GROUP BY value`),
    ' UNION ALL ',
  );
}

const brandRows = {
  items: sql`SELECT brand AS value, count() AS times FROM items GROUP BY value`,
  acts: actsBy('brand'),
};
const categoryRows = {
  items: sql`SELECT if(category_id != '', category_id, category) AS value, count() AS times FROM items GROUP BY value`,
  acts: actsBy('category_id'),
};
