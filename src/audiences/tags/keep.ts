import { people } from '../../identity/people.ts';
import type { Some } from '../../lifecycle/some.ts';
import { BLOCK } from '../../model/membersKept.ts';
import { type Fragment, join, sql } from '../../warehouse/sql.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Asked } from '../asking.ts';
import { type Taxonomy, UNKNOWN } from '../crowds/taxonomy.ts';
import { crowdTag, crowdValues, isCrowdTag, lifeValues } from './made.ts';
import { ageValues, ownTags, profileValues } from './profile.ts';

/** What tags are made of as of a day. */
export interface Making extends Asked {
  readonly taxonomies: readonly Taxonomy[];
}

/** The values that consumers have, as a table: `tag`, `value`, `block`, `members`; the tag '' is everybody. */
export function tagsKept(run: number): Fragment {
  return sql`(SELECT tag, value, block, members FROM tag_values WHERE run = ${run})`;
}

/** Whether the values of a run are there. */
export async function areKept(warehouse: Warehouse, run: number): Promise<boolean> {
  const [row] = await warehouse.rows<{ rows: number }>(
    sql`SELECT count() AS rows FROM tag_values WHERE run = ${run} AND tag = ''`,
  );
  return (row?.rows ?? 0) > 0;
}

/** Forgets the values of runs. */
export async function forgetTags(warehouse: Warehouse, runs: readonly number[]): Promise<void> {
  if (runs.length > 0) await warehouse.run(sql`DELETE FROM tag_values WHERE run IN ${[...runs]}`);
}

/** Finds every value of everybody; gives the names of the tags that are the home's own. */
export async function keepTags(warehouse: Warehouse, run: number, making: Making): Promise<string[]> {
  const tags = await tagsOf(warehouse, sql`1`);
  const blocks = await putEverybody(warehouse, run, sql`1`);
  for (const block of blocks) {
    await putValues(warehouse, run, { ...making, tags }, inBlock(block));
  }
  await putRest(warehouse, run, restsOf(making));
  return tags;
}

/** Finds the values of consumers of whom something has changed, and takes all others as they were kept. */
export async function keepTagsAgain(
  warehouse: Warehouse,
  run: number,
  making: Making,
  before: { readonly run: number; readonly tags: readonly string[]; readonly touched: Some },
): Promise<string[]> {
  const which = before.touched.test;
  const tags = [...new Set([...before.tags, ...(await tagsOf(warehouse, which))])];
  const rest = restsOf(making).map(({ tag, value }) => sql`(tag = ${tag} AND value = ${value})`);
  await warehouse.run(sql`INSERT INTO tag_values (run, tag, value, block, members)
    SELECT toUInt32(${run}), tag, value, block, bitmapAndnot(groupBitmapMergeState(members), ${before.touched.bitmap}) AS stay
    FROM ${tagsKept(before.run)} WHERE NOT (${join(rest, ' OR ')})
    GROUP BY tag, value, block HAVING bitmapCardinality(stay) > 0`);
  await putEverybody(warehouse, run, which);
  await putValues(warehouse, run, { ...making, tags }, which);
  await putRest(warehouse, run, restsOf(making));
  return tags;
}

/** Whether other days have other values of a tag; of the rest profiles tell, as they are known now. */
export function isOfDay(tag: string): boolean {
  return ['age_band', 'spend_level', 'stage', 'member'].includes(tag) || isCrowdTag(tag);
}

/** Finds the values that everybody has of one tag as of the day. */
export async function keepTagOfDay(warehouse: Warehouse, run: number, tag: string, making: Making): Promise<void> {
  const only = { ...making, taxonomies: making.taxonomies.filter((taxonomy) => crowdTag(taxonomy) === tag) };
  for (const block of await putEverybody(warehouse, run, sql`1`)) {
    const values = valuesOfDay(tag, only, inBlock(block));
    if (values) await put(warehouse, run, sql`(SELECT consumer, tag, value FROM ${values} WHERE tag = ${tag})`);
  }
  await putRest(
    warehouse,
    run,
    restsOf(only).filter((rest) => rest.tag === tag),
  );
}

function valuesOfDay(tag: string, making: Making, which: Fragment): Fragment | undefined {
  const { lens, on, taxonomies } = making;
  if (tag === 'age_band') return ageValues(on, which);
  if (tag === 'stage' || tag === 'member') return lifeValues(lens, on, which)[tag];
  return crowdValues(taxonomies, { ...making, only: which });
}

/** Consumers of a block. */
function inBlock(block: number): Fragment {
  return sql`consumer >= ${block * BLOCK} AND consumer < ${(block + 1) * BLOCK}`;
}

async function tagsOf(warehouse: Warehouse, which: Fragment): Promise<string[]> {
  return (await warehouse.rows<{ tag: string }>(ownTags(which))).map(({ tag }) => tag);
}

/** Everybody there is, under the tag ''; gives the blocks they are in. */
async function putEverybody(warehouse: Warehouse, run: number, which: Fragment): Promise<number[]> {
  await put(
    warehouse,
    run,
    sql`(SELECT consumer, '' AS tag, '' AS value FROM ${people} WHERE consumer != 0 AND ${which})`,
  );
  const rows = await warehouse.rows<{ block: number }>(
    sql`SELECT DISTINCT block FROM tag_values WHERE run = ${run} AND tag = '' ORDER BY block`,
  );
  return rows.map(({ block }) => block);
}

async function putValues(
  warehouse: Warehouse,
  run: number,
  making: Making & { readonly tags: readonly string[] },
  which: Fragment,
): Promise<void> {
  const { tags, taxonomies, lens, on } = making;
  const crowds = crowdValues(taxonomies, { ...making, only: which });
  const all = [
    profileValues(tags, on, making, which),
    ...Object.values(lifeValues(lens, on, which)),
    ...(crowds ? [crowds] : []),
  ];
  for (const values of all) await put(warehouse, run, values);
}

/** Adds values as bitmaps: `consumer`, `tag`, `value`. */
function put(warehouse: Warehouse, run: number, values: Fragment): Promise<void> {
  return warehouse.run(sql`INSERT INTO tag_values (run, tag, value, block, members)
    SELECT toUInt32(${run}), tag, value, intDiv(who, ${BLOCK}) AS block, groupBitmapState(who) AS members
    FROM (SELECT toUInt32(consumer) AS who, tag, value FROM ${values}) GROUP BY tag, value, block`);
}

/** Tags that everybody has a value of, and the value of those whom nothing else is told of. */
function restsOf({ taxonomies }: Making): { tag: string; value: string }[] {
  const crowds = taxonomies.map((taxonomy) => ({ tag: crowdTag(taxonomy), value: UNKNOWN }));
  return [{ tag: 'stage', value: 'none' }, { tag: 'member', value: 'none' }, ...crowds];
}

async function putRest(warehouse: Warehouse, run: number, rests: ReturnType<typeof restsOf>): Promise<void> {
  for (const { tag, value } of rests)
    await warehouse.run(sql`INSERT INTO tag_values (run, tag, value, block, members)
      SELECT toUInt32(${run}), ${tag}, ${value}, block, bitmapAndnot(everybody, told) AS members FROM (
        SELECT block, groupBitmapOrStateIf(members, tag = '') AS everybody, groupBitmapOrStateIf(members, tag = ${tag}) AS told
        FROM ${tagsKept(run)} WHERE tag IN ('', ${tag}) GROUP BY block)
      WHERE bitmapCardinality(members) > 0`);
}
