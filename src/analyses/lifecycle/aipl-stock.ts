import { z } from 'zod';
import { levelsOn, spansWithin } from '../../lifecycle/kept.ts';
import { sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';
import { levelOf, stagesOf, stageWords } from './stages.ts';

/** Consumers at each stage as of the end of a day; a stage nobody holds is shown with 0. */
export const aiplStock = defineAnalysis({
  id: 'aipl-stock',
  doc: new URL('./aipl-stock.md', import.meta.url),
  title: { zh: 'AIPL 人群存量', en: 'AIPL stock' },
  question: {
    zh: '某一天结束时，各阶段各有多少消费者？',
    en: 'How many consumers stand at each stage at the end of a day?',
  },
  origin: 'published',
  params: z.object({ on: day().describe('day at whose end the stages are read | 截至日'), ...scopeParams }),
  row: z.object({ stage: z.string(), consumers: z.int() }),
  columns: { stage: { zh: '阶段', en: 'Stage' }, consumers: { zh: '消费者', en: 'Consumers' } },
  query: ({ on }, lens) => sql`
    SELECT stage, consumers FROM ${stagesOf(lens)} AS stages
    -- one row a level: a consumer is in one span at most on a day, so spans count consumers
    LEFT JOIN (SELECT level, sum(sign) AS consumers FROM ${spansWithin(lens, on, on)} GROUP BY level) AS held
    USING (level) ORDER BY level`,
  people: ({ stage }, { on }, lens) => sql`
    SELECT consumer FROM ${levelsOn(lens, on)} WHERE level = ${levelOf(lens, stage)}`,
  chart: { kind: 'bar', x: 'stage', y: 'consumers' },
  words: { stage: stageWords },
});
