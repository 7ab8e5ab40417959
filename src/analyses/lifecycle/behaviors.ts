import { z } from 'zod';
import { behaviorWords } from '../../model/behaviorWords.ts';
import { paidLines } from '../../model/paid.ts';
import { eventsInScope, type Scope } from '../../model/scope.ts';
import { as, type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';

/** What consumers did, by day and behaviour; days and behaviours of which nothing stands are left out. */
export const behaviors = defineAnalysis({
  id: 'behaviors',
  doc: new URL('./behaviors.md', import.meta.url),
  title: { zh: '行为量', en: 'Behaviours by day' },
  question: {
    zh: '每天各种行为各发生了多少次、多少人？',
    en: 'How often did each behaviour happen each day, by how many consumers?',
  },
  origin: 'proposed',
  params: z.object({ ...rangeParams, ...scopeParams }).refine(...rangeInOrder),
  row: z.object({ date: z.iso.date(), behavior: z.string(), events: z.int(), consumers: z.int() }),
  columns: {
    date: { zh: '日期', en: 'Date' },
    behavior: { zh: '行为', en: 'Behaviour' },
    events: { zh: '次数', en: 'Events' },
    consumers: { zh: '消费者', en: 'Consumers' },
  },
  query: (asked, { scope }) => sql`
    SELECT day AS date, behavior, count() AS events, groupBitmap(consumer) AS consumers
    FROM ${happened(asked, scope)} GROUP BY day, behavior ORDER BY day, behavior`,
  people: ({ date, behavior }, asked, { scope }) => sql`
    SELECT DISTINCT consumer FROM ${happened(asked, scope)} WHERE day = ${as(date, 'Date')} AND behavior = ${behavior}`,
  chart: { kind: 'line', x: 'date', y: 'events', series: 'behavior' },
  words: { behavior: behaviorWords },
});

/** One row an event, or a line that is paid as of the end of `to`: `consumer`, `day`, `behavior`. */
function happened({ from, to }: { from: string; to: string }, scope: Scope): Fragment {
  const last = sql`${as(to, 'Date')}`;
  const within = sql`day BETWEEN ${as(from, 'Date')} AND ${last}`;
  return perConsumer(sql`SELECT consumer, day, toString(behavior) AS behavior FROM ${eventsInScope(scope)} WHERE ${within} AND behavior != 'pay'
    UNION ALL SELECT consumer, day, 'pay' AS behavior FROM ${paidLines(scope)} WHERE ${within} AND until > toUInt16(${last})`);
}
