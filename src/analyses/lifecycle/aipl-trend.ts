import { z } from 'zod';
import { levelsOn, spansWithin } from '../../lifecycle/kept.ts';
import { as, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';
import { levelOf, stagesOf, stageWords } from './stages.ts';

/** Consumers at each stage as of the end of every day of a range; every day has every stage, also with 0. */
export const aiplTrend = defineAnalysis({
  id: 'aipl-trend',
  doc: new URL('./aipl-trend.md', import.meta.url),
  title: { zh: 'AIPL 人群趋势', en: 'AIPL trend' },
  question: {
    zh: '一段时间内，每天结束时各阶段各有多少消费者？',
    en: 'How many consumers stand at each stage at the end of each day of a range?',
  },
  origin: 'published',
  params: z.object({ ...rangeParams, ...scopeParams }).refine(...rangeInOrder),
  row: z.object({ date: z.iso.date(), stage: z.string(), consumers: z.int() }),
  columns: {
    date: { zh: '日期', en: 'Date' },
    stage: { zh: '阶段', en: 'Stage' },
    consumers: { zh: '消费者', en: 'Consumers' },
  },
  query: ({ from, to }, lens) => {
    const first = sql`toUInt16(${as(from, 'Date')})`;
    const last = sql`toUInt16(${as(to, 'Date')})`;
    return sql`
      SELECT toDate(day) AS date, stage, consumers FROM (
        -- one row a day and level on which a count can change: the changes, summed up to the day
        SELECT day, level, sum(sum(change)) OVER (PARTITION BY level ORDER BY day) AS consumers FROM (
          SELECT level, turn.1 AS day, turn.2 AS change
          FROM (SELECT level, arrayJoin([(greatest(start, ${first}), toInt64(sign)), (finish, -toInt64(sign))]) AS turn
            FROM ${spansWithin(lens, from, to)})
          WHERE day <= ${last}
          UNION ALL SELECT level, toUInt16(arrayJoin(range(${first}, ${last} + 1))) AS day, toInt64(0) AS change
          FROM ${stagesOf(lens)} AS every)
        GROUP BY day, level) AS held
      INNER JOIN ${stagesOf(lens)} AS stages USING (level)
      ORDER BY day, level`;
  },
  people: ({ date, stage }, _, lens) => sql`
    SELECT consumer FROM ${levelsOn(lens, date)} WHERE level = ${levelOf(lens, stage)}`,
  chart: { kind: 'line', x: 'date', y: 'consumers', series: 'stage' },
  words: { stage: stageWords },
});
