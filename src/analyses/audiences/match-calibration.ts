import { z } from 'zod';
import { wilson } from '../../base/statistics.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import { sharesTold, touchedCreators } from '../../model/creators.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';
import { isotonic } from './isotonic.ts';
import { tagWords, valueWords } from './words.ts';

/** Fewer consumers than this with a value of a tag: what is observed of them calibrates nothing. */
const LEAST = 30;
/** Of whom only this is told, no value is told. */
const UNKNOWN = 'unknown';

const raw = z.object({
  creator: z.string(),
  tag: z.string(),
  value: z.string(),
  predicted: z.number(),
  consumers: z.int(),
  known: z.int(),
});
type Cell = z.infer<typeof raw>;

const row = raw.extend({
  observed: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  drift: z.number().nullable(),
  calibrated: z.number().nullable(),
});
type Row = z.infer<typeof row>;

/** Whom creators really reached, beside the shares of followers that they are told to have; a row a creator, tag and value. */
export const matchCalibration = defineAnalysis({
  id: 'match-calibration',
  doc: new URL('./match-calibration.md', import.meta.url),
  title: { zh: '达人匹配校准', en: 'Creators, calibrated' },
  question: {
    zh: '达人实际触达的人，与其粉丝画像差多少，校准后应按多少估计？',
    en: 'How far are those whom creators reached from the followers they tell of, and what is to be expected instead?',
  },
  origin: 'proposed',
  params: z
    .object({
      ...rangeParams,
      creator: z.string().min(1).max(200).optional().describe('this creator_id only | 只看该达人'),
      on: day()
        .optional()
        .describe(
          'day at whose end tags are looked at; absent, the last of the data | 标签截至日，缺省为数据的最后一天',
        ),
      ...scopeParams,
    })
    .refine(...rangeInOrder),
  reads: 'tags',
  row,
  raw,
  columns: {
    creator: { zh: '达人', en: 'Creator' },
    tag: { zh: '标签', en: 'Tag' },
    value: { zh: '值', en: 'Value' },
    predicted: { zh: '粉丝占比', en: 'Predicted' },
    consumers: { zh: '消费者', en: 'Consumers' },
    known: { zh: '有值者', en: 'With any value' },
    observed: { zh: '实际占比', en: 'Observed' },
    low: { zh: '实际下限', en: 'Observed, low' },
    high: { zh: '实际上限', en: 'Observed, high' },
    drift: { zh: '偏差', en: 'Drift' },
    calibrated: { zh: '校准后', en: 'Calibrated' },
  },
  query: (params, lens) => sql`
    SELECT c.creator AS creator, c.tag AS tag, c.value AS value, c.share AS predicted,
      r.counts[indexOf(r.values, c.value)] AS consumers, r.known AS known
    FROM ${cells(params.creator, lens)} AS c LEFT JOIN ${reached(params, lens)} AS r ON r.creator = c.creator AND r.tag = c.tag
    ORDER BY creator, tag, value`,
  refine: (rows) => calibrated(rows),
  people: ({ creator, tag, value }, { from, to }, lens) => sql`
    SELECT consumer FROM ${touchedCreators(lens.scope, { from, to, creator })}
    WHERE consumer IN (SELECT arrayJoin(bitmapToArray(members)) FROM ${tagsOf(lens)} WHERE tag = ${tag} AND value = ${value})`,
  chart: { kind: 'table' },
  rates: ['predicted', 'observed', 'low', 'high', 'drift', 'calibrated'],
  words: { tag: tagWords, value: valueWords },
});

/** Nothing is kept where the question is only explained. */
const nothing = sql`(SELECT '' AS tag, '' AS value, groupBitmapState(toUInt32(0)) AS members WHERE 0)`;

const tagsOf = (lens: Lens): Fragment => lens.tags?.table ?? nothing;

/** How the tag `t` is written at the beginning of a share's name. */
const written = sql`concat(replaceOne(t, 'crowd:eight', 'crowd'), '_')`;

/** The shares that creators tell of tags known here: `creator`, `tag`, `value`, `share`; of two tags the longer is meant. */
function cells(creator: string | undefined, lens: Lens): Fragment {
  return sql`(WITH (SELECT groupUniqArray(toString(tag)) FROM ${tagsOf(lens)} WHERE tag != '') AS all
    SELECT creator, arrayFirst(t -> startsWith(name, ${written}), arrayReverseSort(t -> length(${written}), all)) AS tag,
      substring(name, length(arrayMap(t -> ${written}, [tag])[1]) + 1) AS value, share
    FROM ${sharesTold(creator)} WHERE tag != '' AND value != ${UNKNOWN})`;
}

/** The touched by the values of tags: `creator`, `tag`, `values` with the `counts` of who has each, and `known`, of who has any. */
function reached(params: { from: string; to: string; creator?: string | undefined }, lens: Lens): Fragment {
  return sql`(SELECT creator, tag, groupArray(value) AS values, groupArray(n) AS counts, sum(n) AS known FROM (
      SELECT creator, toString(tag) AS tag, toString(value) AS value, sum(bitmapAndCardinality(members, touched)) AS n
      FROM ${tagsOf(lens)} AS t CROSS JOIN (SELECT creator, groupBitmapState(consumer) AS touched
        FROM ${touchedCreators(lens.scope, params)}
        WHERE creator IN (SELECT creator FROM ${sharesTold(params.creator)}) GROUP BY creator) AS c
      WHERE value != ${UNKNOWN} AND tag IN (SELECT tag FROM ${cells(params.creator, lens)})
      GROUP BY creator, tag, value) GROUP BY creator, tag)`;
}

/** What is observed beside each prediction, and what the curve of its tag says. */
function calibrated(found: readonly Cell[]): Row[] {
  const seen = found.map(observedOf);
  const curve = new Map<Row, number>();
  for (const tag of new Set(seen.map((each) => each.tag))) {
    const enough = seen.filter((each) => each.tag === tag && each.known >= LEAST);
    const fitted = isotonic(
      enough.map(({ predicted, observed, known }) => ({ predicted, observed: observed ?? 0, weight: known })),
    );
    for (const [at, each] of enough.entries()) curve.set(each, fitted[at] ?? 0);
  }
  return seen.map((each) => ({ ...each, calibrated: curve.get(each) ?? null }));
}

function observedOf(cell: Cell): Row {
  const bounds = wilson(cell.consumers, cell.known);
  const none = { observed: null, low: null, high: null, drift: null, calibrated: null };
  if (!bounds) return { ...cell, ...none };
  const observed = cell.consumers / cell.known;
  return { ...cell, ...none, observed, ...bounds, drift: observed - cell.predicted };
}
