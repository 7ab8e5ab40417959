import { z } from 'zod';
import { type Fragment, id, join, sql } from '../../warehouse/sql.ts';
import { defineAnalysis } from '../analysis.ts';
import { audienceName, bitmapNamed, membersNamed } from './named.ts';
import { several } from './several.ts';

/** How many consumers each two audiences share; a row a pair, in the order in which they are given. */
export const audienceOverlap = defineAnalysis({
  id: 'audience-overlap',
  doc: new URL('./audience-overlap.md', import.meta.url),
  title: { zh: '人群重合', en: 'Overlap of audiences' },
  question: {
    zh: '几个人群两两之间重合多少人？',
    en: 'How many consumers does each two of several audiences share?',
  },
  origin: 'published',
  params: several,
  audiences: ['audiences'],
  row: z.object({
    left: audienceName(),
    right: audienceName(),
    consumers: z.int(),
    jaccard: z.number().nullable(),
  }),
  columns: {
    left: { zh: '人群', en: 'Audience' },
    right: { zh: '另一人群', en: 'Other audience' },
    consumers: { zh: '重合消费者', en: 'Shared consumers' },
    jaccard: { zh: '重合度', en: 'Jaccard index' },
  },
  query: ({ audiences }, lens) => {
    const kept = audiences.map((name, at) => sql`${bitmapNamed(lens, name)} AS ${bitmap(at)}`);
    const pairs = audiences.flatMap((left, at) =>
      audiences.slice(at + 1).map((right, more) => {
        const both = sql`${bitmap(at)}, ${bitmap(at + 1 + more)}`;
        return sql`(${left}, ${right}, bitmapAndCardinality(${both}), bitmapOrCardinality(${both}))`;
      }),
    );
    return sql`WITH ${join(kept, ', ')}
      SELECT pair.1 AS left, pair.2 AS right, pair.3 AS consumers, pair.3 / nullIf(pair.4, 0) AS jaccard
      FROM (SELECT arrayJoin([${join(pairs, ', ')}]) AS pair)`;
  },
  people: ({ left, right }, _params, lens) => sql`SELECT consumer FROM (${membersNamed(lens, left).consumers})
    WHERE consumer IN (${membersNamed(lens, right).consumers})`,
  chart: { kind: 'matrix', x: 'left', y: 'right', value: 'consumers' },
  rates: ['jaccard'],
});

const bitmap = (at: number): Fragment => id(`members_${at}`);
