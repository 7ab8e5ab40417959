import { z } from 'zod';
import type { Lens } from '../../lifecycle/kept.ts';
import { creatorShares } from '../../model/creators.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';
import { divergence } from './divergence.ts';
import { audienceName, bitmapNamed, membersNamed } from './named.ts';
import { tagWords } from './words.ts';

/** Dimensions that profiles are compared by unless others are named, with their weights. */
const weights: Readonly<Record<string, number>> = {
  'crowd:eight': 0.3,
  age_band: 0.2,
  gender: 0.2,
  city_tier: 0.15,
  spend_level: 0.15,
};
/** The row of the whole match. */
const ALL = '*';
/** Fewer consumers than this with a value of a dimension on a side: their shares say nothing. */
const LEAST = 30;

const raw = z.object({ tag: z.string(), value: z.string(), left: z.number(), right: z.number(), least: z.number() });
type Share = z.infer<typeof raw>;

/** How alike the profiles of an audience and of another audience, or of a creator's followers, are; a row a dimension, and one in all. */
export const audienceMatch = defineAnalysis({
  id: 'audience-match',
  doc: new URL('./audience-match.md', import.meta.url),
  title: { zh: '人群匹配度', en: 'Match of audiences' },
  question: {
    zh: '这个人群与另一人群、达人或 IP 的粉丝有多像？',
    en: 'How alike are an audience and another audience, or the followers of a creator or IP?',
  },
  origin: 'proposed',
  params: z
    .object({
      audience: audienceName().describe('the audience looked at | 要看的人群'),
      other: audienceName().optional().describe('the other audience | 另一人群'),
      creator: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe('creator_id whose followers are told by share_ columns | 达人，其粉丝画像由 share_ 列给出'),
      dimensions: z
        .array(z.string().min(1).max(200))
        .min(1)
        .max(30)
        .optional()
        .describe(
          'tags to compare by, each of the same weight; absent, the proposed ones | 比较的标签，权重相同；缺省为提议的维度',
        ),
      on: day()
        .optional()
        .describe(
          'day at whose end tags are looked at; absent, the last of the data | 标签截至日，缺省为数据的最后一天',
        ),
      rules: scopeParams.rules,
    })
    .refine(({ other, creator }) => (other === undefined) !== (creator === undefined), {
      path: ['other'],
      message: 'give `other` or `creator`, one of them | 须给出 other 或 creator 之一',
    }),
  audiences: ['audience', 'other'],
  reads: 'tags',
  row: z.object({
    dimension: z.string(),
    divergence: z.number().nullable(),
    weight: z.number().nullable(),
    match: z.number().nullable(),
  }),
  raw,
  columns: {
    dimension: { zh: '维度', en: 'Dimension' },
    divergence: { zh: '差异（JS）', en: 'Divergence (JS)' },
    weight: { zh: '权重', en: 'Weight' },
    match: { zh: '匹配度', en: 'Match' },
  },
  query: (params, lens) => {
    const tags = params.dimensions ?? Object.keys(weights);
    const other =
      params.creator === undefined ? ofAudience(params.other ?? '', lens, tags) : ofCreator(params.creator, tags);
    return sql`SELECT tag, value, sum(a) AS left, sum(b) AS right, min(people) AS least FROM (
        SELECT tag, value, n AS a, 0 AS b, sum(n) OVER (PARTITION BY tag) AS people FROM ${ofAudience(params.audience, lens, tags)}
        UNION ALL SELECT tag, value, 0 AS a, n AS b, ${params.creator === undefined ? sql`sum(n) OVER (PARTITION BY tag)` : sql`1e9`} AS people FROM ${other})
      GROUP BY tag, value ORDER BY tag, value`;
  },
  refine: (rows, { dimensions }) => matchOf(rows, dimensions),
  people: (_row, { audience }, lens) => membersNamed(lens, audience).consumers,
  chart: { kind: 'bar', x: 'dimension', y: 'match' },
  words: { dimension: { ...tagWords, [ALL]: { zh: '总体', en: 'In all' } } },
});

const nothing = sql`(SELECT '' AS tag, '' AS value, groupBitmapState(toUInt32(0)) AS members WHERE 0)`;

/** Members of an audience by the values of tags: `tag`, `value`, `n`. */
function ofAudience(name: string, lens: Lens, tags: readonly string[]): Fragment {
  return sql`(WITH ${bitmapNamed(lens, name)} AS some
    SELECT tag, value, toFloat64(sum(bitmapAndCardinality(members, some))) AS n
    FROM ${lens.tags?.table ?? nothing} WHERE tag IN ${[...tags]} GROUP BY tag, value)`;
}

/** Followers of a creator by the values of tags, as the shares say. */
function ofCreator(creator: string, tags: readonly string[]): Fragment {
  const named = tags.map((tag) => `${tag.replace('crowd:eight', 'crowd')}_`);
  const at = sql`arrayFirstIndex(tag -> startsWith(name, tag), ${named})`;
  return sql`(SELECT arrayElement(${[...tags]}, ${at}) AS tag,
      substring(name, length(arrayElement(${named}, ${at})) + 1) AS value, share AS n
    FROM ${creatorShares(creator)} WHERE ${at} > 0)`;
}

function matchOf(rows: readonly Share[], dimensions: readonly string[] | undefined) {
  const tags = dimensions ?? Object.keys(weights);
  const compared = tags.map((tag) => {
    const cells = rows.filter((each) => each.tag === tag);
    const isEnough = cells.every(({ least }) => least >= LEAST);
    return {
      dimension: tag,
      divergence: isEnough ? divergence(cells.map(({ left, right }) => [left, right])) : undefined,
      weight: dimensions ? 1 : (weights[tag] ?? 0),
    };
  });
  const known = compared.filter((each) => each.divergence !== undefined);
  const all = known.reduce((sum, { weight }) => sum + weight, 0);
  const shown = compared.map(({ dimension, divergence: apart, weight }) => {
    if (apart === undefined) return { dimension, divergence: null, weight: null, match: null };
    return { dimension, divergence: apart, weight: weight / all, match: 100 * (1 - apart) };
  });
  if (known.length === 0) return [{ dimension: ALL, divergence: null, weight: null, match: null }, ...shown];
  const apart = known.reduce((sum, each) => sum + ((each.divergence ?? 0) * each.weight) / all, 0);
  return [{ dimension: ALL, divergence: apart, weight: 1, match: 100 * (1 - apart) }, ...shown];
}
