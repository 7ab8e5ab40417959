import { type Fragment, join, own, perConsumer, sql, whole } from '../warehouse/sql.ts';
import { membersKept } from './membersKept.ts';

/** Which rows a question takes. */
export interface Scope {
  /** The workspace's own brands; none means every row is its own. */
  readonly own: readonly string[];
  /** Rows of this brand only. */
  readonly brand?: string;
  /** Rows of this category only: a category_id, or a path or its beginning at a `/`. */
  readonly category?: string;
  /** Consumers of these kept members of an audience only. */
  readonly members?: number;
}

/** The lifecycle is kept for this scope, of whichever consumers; other scopes are computed when asked. */
export function isWhole(scope: Scope): boolean {
  return scope.brand === undefined && scope.category === undefined;
}

const branded = sql`(SELECT item_id FROM ${whole('items')} WHERE brand != '')`;
const categorised = sql`(SELECT item_id FROM ${whole('items')} WHERE category_id != '' OR category != '')`;

/** Rows in scope by their columns `consumer`, `item_id`, `brand` and `category_id`: an item's own stand before the row's. */
export function inScope(scope: Scope): Fragment {
  const tests: Fragment[] = scope.members === undefined ? [] : [ofMembers(scope)];
  if (scope.brand !== undefined) tests.push(ofBrands([scope.brand], sql`brand = ${scope.brand}`));
  else if (scope.own.length > 0) tests.push(ofBrands(scope.own, sql`(brand = '' OR brand IN ${[...scope.own]})`));
  if (scope.category !== undefined) tests.push(inCategories([scope.category]));
  return tests.length === 0 ? sql`1` : join(tests, ' AND ');
}

function ofBrands(brands: readonly string[], row: Fragment): Fragment {
  return sql`(item_id IN (SELECT item_id FROM ${whole('items')} WHERE brand IN ${[...brands]}) OR (item_id NOT IN ${branded} AND ${row}))`;
}

/** Rows of these brands, by the item's brand where it has one, else by the row's. */
export function inBrands(brands: readonly string[]): Fragment {
  return ofBrands(brands, sql`brand IN ${[...brands]}`);
}

/** Rows of these categories: a category_id, or a path or its beginning at a `/`. */
export function inCategories(categories: readonly string[]): Fragment {
  const within = categories.map((each) => `${each}/`);
  const item = sql`(category_id IN ${[...categories]} OR category IN ${[...categories]} OR arrayExists(c -> startsWith(category, c), ${within}))`;
  return sql`(item_id IN (SELECT item_id FROM ${whole('items')} WHERE ${item}) OR (item_id NOT IN ${categorised} AND category_id IN ${[...categories]}))`;
}

/** Consumers of the audience that a scope names, by the column `consumer`; all where it names none. */
export function ofMembers({ members }: Scope): Fragment {
  if (members === undefined) return sql`1`;
  return sql`consumer IN (${membersKept(members)})`;
}

/** Memberships have no item: they are the brand's own, belong to no category, and to no brand asked for by name. */
export function membersInScope(scope: Scope): Fragment {
  return isWhole(scope) ? ofMembers(scope) : sql`0`;
}

/** Reviews have an item and no brand or category of their own. */
export function reviewsInScope(scope: Scope): Fragment {
  const bare = sql`(SELECT *, '' AS brand, '' AS category_id FROM ${own('reviews')})`;
  return perConsumer(sql`SELECT * FROM ${bare} WHERE ${inScope(scope)}`);
}

/** Events of consumers in scope, with all their columns. */
export function eventsInScope(scope: Scope): Fragment {
  return perConsumer(sql`SELECT * FROM ${own('events')} WHERE consumer != 0 AND ${inScope(scope)}`);
}

/** The category that an item's rows count for, one row an item that has one: `own`, its `category_id`, else its path. */
export const itemCategories = sql`(SELECT item_id, max(if(category_id != '', category_id, category)) AS own
  FROM ${whole('items')} WHERE category_id != '' OR category != '' GROUP BY item_id)`;
