import { z } from 'zod';
import { levelsOn } from '../../lifecycle/kept.ts';
import { sql } from '../../warehouse/sql.ts';
import { day, defineAnalysis, scopeParams } from '../analysis.ts';
import { codesOf, levelOf } from './stages.ts';

export const aiplStock = defineAnalysis({
  id: 'aipl-stock',
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
    SELECT s.1 AS stage, toUInt64(countIf(l.level = s.2)) AS consumers
    FROM ${levelsOn(lens, on)} AS l
    RIGHT JOIN (SELECT arrayJoin(arrayZip(${codesOf(lens)}, arrayEnumerate(${codesOf(lens)}))) AS s) AS stages ON l.level = s.2
    GROUP BY s ORDER BY s.2`,
  people: ({ stage }, { on }, lens) => sql`
    SELECT consumer FROM ${levelsOn(lens, on)} WHERE level = ${levelOf(lens, stage)}`,
  chart: { kind: 'bar', x: 'stage', y: 'consumers' },
});
