import { z } from 'zod';
import { movesBetween } from '../../lifecycle/kept.ts';
import { sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';
import { codesOf, levelOf, stageWords } from './stages.ts';

/** Consumers by their stages as of two days; pairs that nobody shows are left out, and (none, none) always. */
export const aiplFlow = defineAnalysis({
  id: 'aipl-flow',
  doc: new URL('./aipl-flow.md', import.meta.url),
  title: { zh: 'AIPL 人群流转', en: 'AIPL flow' },
  question: {
    zh: '从一天到另一天，消费者从哪个阶段流转到了哪个阶段？',
    en: 'From which stage to which have consumers moved between two days?',
  },
  origin: 'published',
  params: z.object({ ...rangeParams, ...scopeParams }).refine(...rangeInOrder),
  row: z.object({ from_stage: z.string(), to_stage: z.string(), consumers: z.int() }),
  columns: {
    from_stage: { zh: '起始阶段', en: 'From stage' },
    to_stage: { zh: '到达阶段', en: 'To stage' },
    consumers: { zh: '消费者', en: 'Consumers' },
  },
  query: ({ from, to }, lens) => {
    const codes = [...codesOf(lens), 'none'];
    const none = codes.length;
    return sql`
      SELECT ${codes}[source] AS from_stage, ${codes}[target] AS to_stage, consumers FROM (
        SELECT if(was = 0, ${none}, was) AS source, if(now = 0, ${none}, now) AS target, count() AS consumers
        FROM ${movesBetween(lens, from, to)} WHERE was > 0 OR now > 0 GROUP BY source, target)
      ORDER BY source, target`;
  },
  people: ({ from_stage, to_stage }, { from, to }, lens) => sql`
    SELECT consumer FROM ${movesBetween(lens, from, to)}
    WHERE was = ${levelOf(lens, from_stage)} AND now = ${levelOf(lens, to_stage)}`,
  chart: { kind: 'flow', from: 'from_stage', to: 'to_stage', value: 'consumers' },
  words: { from_stage: stageWords, to_stage: stageWords },
});
