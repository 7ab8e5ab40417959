import { z } from 'zod';
import { sharesDiffer, wilson } from '../../base/statistics.ts';
import type { Text } from '../../base/text.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { bitmapNamed } from './named.ts';
import { COVERAGE, OTHER } from './words.ts';

/** Values of a tag that are told one by one, those of the most consumers; the rest are one. */
const MOST_VALUES = 200;
/** A value of fewer consumers of the base is not told: it would say who they are. */
const FLOOR = 10;
/** Where fewer consumers than this are to be expected, no index is given: chance would decide it. */
const LEAST_EXPECTED = 30;

const cell = z.object({ tag: z.string(), value: z.string(), consumers: z.int(), base: z.int(), both: z.int() });
/** A value of a tag as it is counted, and how many there are in all. */
export const counted = cell.extend({ audience_size: z.int(), base_size: z.int(), both_size: z.int() });
export type Counted = z.infer<typeof counted>;

/** A value of a tag as it is shown: its share in the audience and in the base, and its index with an interval. */
export const shownCell = z.object({
  tag: z.string(),
  value: z.string(),
  consumers: z.int(),
  share: z.number().nullable(),
  base_share: z.number().nullable(),
  tgi: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
type Shown = z.infer<typeof shownCell>;

/** What its columns are called. */
export const cellColumns = {
  tag: { zh: '标签', en: 'Tag' },
  value: { zh: '值', en: 'Value' },
  consumers: { zh: '消费者', en: 'Consumers' },
  share: { zh: '占比', en: 'Share' },
  base_share: { zh: '基准占比', en: 'Share in the base' },
  tgi: { zh: 'TGI 指数', en: 'TGI' },
  low: { zh: 'TGI 下限', en: 'TGI, low' },
  high: { zh: 'TGI 上限', en: 'TGI, high' },
} as const satisfies Record<keyof Shown, Text>;

/** Nothing is kept where the question is only explained. */
const nothing: Fragment = sql`(SELECT '' AS tag, '' AS value, toUInt32(0) AS block, groupBitmapState(toUInt32(0)) AS members WHERE 0)`;

/** Whose tags are looked at, and against whom. */
export interface Asked {
  readonly audience: string;
  readonly base?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** How many of an audience, its base and both have each value, a row a value of a tag. */
export function cellsOf(asked: Asked, lens: Lens): Fragment {
  return sql`
    ${withBitmaps(asked, lens)}
    SELECT tag, told AS value, sum(some) AS consumers, sum(compares) AS base, sum(shares) AS both,
      bitmapCardinality(audience) AS audience_size, bitmapCardinality(compared) AS base_size,
      bitmapCardinality(common) AS both_size
    FROM (SELECT tag, some, compares, shares, if(row_number() OVER (PARTITION BY tag ORDER BY size DESC, value)
        > ${MOST_VALUES}, ${OTHER}, value) AS told FROM ${valuesOf(asked, lens)})
    GROUP BY tag, told ORDER BY tag, base DESC, value`;
}

/** The members of an audience that have a value. */
export function membersWith(of: Pick<Shown, 'tag' | 'value'>, audience: string, lens: Lens): Fragment {
  return sql`
    WITH ${bitmapNamed(lens, audience)} AS audience
    SELECT arrayJoin(bitmapToArray(bitmapAnd(members, audience))) AS consumer
    FROM ${lens.tags?.table ?? nothing} WHERE tag = ${of.tag} AND ${valueAsked(of, lens)}`;
}

/** The audience, its base and whom both have, as bitmaps under these names. */
function withBitmaps({ audience, base }: Asked, lens: Lens): Fragment {
  const all = sql`(SELECT groupBitmapMergeState(members) FROM ${lens.tags?.table ?? nothing} WHERE tag = '')`;
  return sql`WITH ${bitmapNamed(lens, audience)} AS audience,
    ${base === undefined ? all : bitmapNamed(lens, base)} AS compared,
    (SELECT bitmapAnd(audience, compared)) AS common`;
}

/** One row a value of a tag: `size`, all who have it, `some` of the audience, `compares` of the base, `shares` of both. */
function valuesOf({ base, tags }: Asked, lens: Lens): Fragment {
  const which = tags ? sql`tag IN ${[...tags]}` : sql`tag != ''`;
  const [compares, shares] =
    base === undefined
      ? [sql`size`, sql`some`]
      : [sql`sum(bitmapAndCardinality(members, compared))`, sql`sum(bitmapAndCardinality(members, common))`];
  return sql`(SELECT tag, value, sum(bitmapCardinality(members)) AS size,
      sum(bitmapAndCardinality(members, audience)) AS some, ${compares} AS compares, ${shares} AS shares
    FROM ${lens.tags?.table ?? nothing} WHERE ${which} GROUP BY tag, value)`;
}

function valueAsked({ tag, value }: Pick<Shown, 'tag' | 'value'>, lens: Lens): Fragment {
  if (value === COVERAGE) return sql`1`;
  if (value !== OTHER) return sql`value = ${value}`;
  return sql`value IN (SELECT value FROM ${lens.tags?.table ?? nothing} WHERE tag = ${tag} GROUP BY value
    ORDER BY sum(bitmapCardinality(members)) DESC, value LIMIT 1000000 OFFSET ${MOST_VALUES})`;
}

/** A cell, and how likely chance brings such a difference from the others of the base. */
type Told = Shown & { readonly chance: number | undefined };

/** One tag's rows as they are shown: first how many have a value of it at all, then its values. */
export function ofTag(cells: readonly Counted[]): Told[] {
  const [first] = cells;
  if (!first) return [];
  const sum = (of: 'consumers' | 'base' | 'both') => cells.reduce((all, each) => all + each[of], 0);
  const known = { consumers: sum('consumers'), base: sum('base'), both: sum('both') };
  const everybody = { consumers: first.audience_size, base: first.base_size, both: first.both_size };
  const coverage = indexed({ tag: first.tag, value: COVERAGE, ...known }, everybody);
  const shown = cells.filter(({ base }) => base >= FLOOR);
  return [coverage, ...shown.map((each) => indexed(each, known))];
}

/** A value's shares among those of whom the tag is known, and its index. */
function indexed(
  { tag, value, consumers, base, both }: z.infer<typeof cell>,
  known: Pick<Counted, 'consumers' | 'base' | 'both'>,
): Told {
  const share = known.consumers > 0 ? consumers / known.consumers : null;
  const base_share = known.base > 0 ? base / known.base : null;
  const shown = { tag, value, consumers, share, base_share };
  const bounds = wilson(consumers, known.consumers);
  const enough = base_share !== null && base_share * known.consumers >= LEAST_EXPECTED;
  if (share === null || !bounds || !enough) return { ...shown, tgi: null, low: null, high: null, chance: undefined };
  const index = (of: number) => (100 * of) / base_share;
  const rest = [base - both, known.base - known.both] as const;
  const chance = sharesDiffer([consumers, known.consumers], rest);
  return { ...shown, tgi: index(share), low: index(bounds.low), high: index(bounds.high), chance };
}
