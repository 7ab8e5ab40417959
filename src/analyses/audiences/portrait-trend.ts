import { z } from 'zod';
import { addDays, dayNumber } from '../../base/day.ts';
import type { Lens } from '../../lifecycle/kept.ts';
import { join, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';
import { type Counted, cellColumns, cellsOf, counted, membersWith, ofTag, shownCell } from './cells.ts';
import { audienceName } from './named.ts';
import { tagWords, valueWords } from './words.ts';

/** Days that one question looks at: of each the members are found, and what they have in common. */
const MOST_DAYS = 31;
const USUAL_STEP = 7;
const MOST_STEP = 366;

const onDay = z.object({ on: z.iso.date() });
const row = onDay.extend(shownCell.shape);
type Row = z.infer<typeof row>;

interface Days {
  readonly from: string;
  readonly to: string;
  readonly every: number;
}

/** The days looked at, the earliest first: the last of the range, and every so many before it. */
function daysOf({ from, to, every }: Days): string[] {
  const steps = Math.floor((dayNumber(to) - dayNumber(from)) / every);
  return Array.from({ length: steps + 1 }, (_, at) => addDays(to, (at - steps) * every));
}

/** What an audience has more, or less, than its base, day by day: the portrait's rows of one tag, as of the end of each day. */
export const portraitTrend = defineAnalysis({
  id: 'portrait-trend',
  doc: new URL('./portrait-trend.md', import.meta.url),
  title: { zh: '画像的变化', en: 'Portrait over time' },
  question: {
    zh: '一段时间里，这个人群的某项特征如何变化？',
    en: 'How does a feature of an audience change over time?',
  },
  origin: 'published',
  params: z
    .object({
      audience: audienceName().describe('the audience looked at | 要看的人群'),
      tag: z
        .string()
        .min(1)
        .max(200)
        .default('stage')
        .describe(
          'the tag whose values are told, such as age_band or crowd:eight | 看哪个标签，如 age_band、crowd:eight',
        ),
      base: audienceName()
        .optional()
        .describe('base of comparison, an audience; absent, all consumers | 基准人群，缺省为所有消费者'),
      ...rangeParams,
      every: z
        .int()
        .min(1)
        .max(MOST_STEP)
        .default(USUAL_STEP)
        .describe('days between two that are looked at, counted back from the last | 每隔几天看一次，从最后一天往回数'),
      rules: scopeParams.rules,
    })
    .refine(...rangeInOrder)
    .refine((asked) => asked.from > asked.to || daysOf(asked).length <= MOST_DAYS, {
      path: ['every'],
      message: `more than ${MOST_DAYS} days to look at: shorten the range or make \`every\` greater | 要看的日子超过 ${MOST_DAYS} 天：请缩短区间或加大 every`,
    }),
  audiences: ['audience', 'base'],
  reads: 'tags',
  days: { of: daysOf, tag: ({ tag }) => tag },
  row,
  raw: onDay.extend(counted.shape),
  columns: {
    on: { zh: '日期', en: 'Date' },
    ...cellColumns,
  },
  query: ({ audience, base, tag, ...range }, lens) => {
    const cells = daysOf(range).map(
      (on) => sql`SELECT toDate(${on}) AS on, * FROM (${cellsOf({ audience, base, tags: [tag] }, dayIn(lens, on))})`,
    );
    return sql`SELECT * FROM (${join(cells, ' UNION ALL ')}) ORDER BY on, base DESC, value`;
  },
  refine: told,
  people: ({ on, tag, value }, { audience }, lens) => membersWith({ tag, value }, audience, dayIn(lens, on)),
  chart: { kind: 'line', x: 'on', y: 'share', series: 'value' },
  rates: ['share', 'base_share'],
  words: { tag: tagWords, value: valueWords },
});

/** The question as it looks at one of its days; at nobody, where it is only explained. */
function dayIn(lens: Lens, on: string): Lens {
  const { audiences = new Map(), tags } = lens.days?.get(on) ?? {};
  const { tags: _, ...rest } = lens;
  return { ...rest, audiences, ...(tags ? { tags } : {}) };
}

/** Rows come day by day. */
function told(rows: readonly (Counted & { readonly on: string })[]): Row[] {
  return [...new Set(rows.map(({ on }) => on))].flatMap((on) =>
    ofTag(rows.filter((each) => each.on === on)).map(({ chance: _, ...shown }) => ({ on, ...shown })),
  );
}
