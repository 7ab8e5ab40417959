import { z } from 'zod';
import { falseDiscovery } from '../../base/statistics.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';
import { type Counted, cellColumns, cellsOf, counted, membersWith, ofTag, shownCell } from './cells.ts';
import { audienceName } from './named.ts';
import { tagWords, valueWords } from './words.ts';

const row = shownCell.extend({ q: z.number().nullable() });
type Row = z.infer<typeof row>;

/** What an audience has more, or less, than its base: a row a value of a tag, and one a tag that tells how many have a value. */
export const portrait = defineAnalysis({
  id: 'portrait',
  doc: new URL('./portrait.md', import.meta.url),
  title: { zh: '人群画像与 TGI', en: 'Portrait of an audience, with TGI' },
  question: {
    zh: '与基准相比，这个人群偏向哪些特征？',
    en: 'Which features does an audience have more than its base?',
  },
  origin: 'published',
  params: z.object({
    audience: audienceName().describe('the audience looked at | 要看的人群'),
    base: audienceName()
      .optional()
      .describe('base of comparison, an audience; absent, all consumers | 基准人群，缺省为所有消费者'),
    tags: z.array(z.string().min(1).max(200)).min(1).max(200).optional().describe('these tags only | 只看这些标签'),
    on: day()
      .optional()
      .describe('day at whose end tags are looked at; absent, the last of the data | 标签截至日，缺省为数据的最后一天'),
    rules: scopeParams.rules,
  }),
  audiences: ['audience', 'base'],
  reads: 'tags',
  row,
  raw: counted,
  columns: {
    ...cellColumns,
    q: { zh: 'q 值', en: 'q value' },
  },
  query: cellsOf,
  refine: (rows) => portraitOf(rows),
  people: (of, { audience }, lens) => membersWith(of, audience, lens),
  chart: { kind: 'bar', x: 'value', y: 'tgi', series: 'tag' },
  rates: ['share', 'base_share'],
  words: { tag: tagWords, value: valueWords },
});

/** Rows as they are shown: by tag first how many have a value of it at all, then its values. */
function portraitOf(rows: readonly Counted[]): Row[] {
  const tags = [...new Set(rows.map(({ tag }) => tag))];
  const told = tags.flatMap((tag) => ofTag(rows.filter((each) => each.tag === tag)));
  const tested = told.flatMap(({ chance }) => (chance === undefined ? [] : [chance]));
  const rates = falseDiscovery(tested);
  let next = 0;
  return told.map(({ chance, ...shown }) => {
    const q = chance === undefined ? null : (rates[next] ?? null);
    if (chance !== undefined) next += 1;
    return { ...shown, q };
  });
}
