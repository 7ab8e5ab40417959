import { z } from 'zod';
import type { Lens } from '../../lifecycle/kept.ts';
import { reasonedMoves } from '../../lifecycle/reasons.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { defineAnalysis, rangeInOrder, rangeParams, scopeParams } from '../analysis.ts';
import { reasonWords } from './behaviorWords.ts';
import { codesOf, levelOf, stageWords } from './stages.ts';

const kinds = ['deepened', 'shallowed', 'lost', 'added'] as const;

/** Consumers whose stage differs between two days, by pair of stages and by one reason each; our reading of the reason. */
export const aiplMoves = defineAnalysis({
  id: 'aipl-moves',
  doc: new URL('./aipl-moves.md', import.meta.url),
  title: { zh: 'AIPL 变动原因', en: 'AIPL moves and their reasons' },
  question: {
    zh: '两天之间谁加深、变浅、流失或新进，因何行为，或因何到期？',
    en: 'Who deepened, fell back, was lost or came in between two days, by which behaviour, or by what running out?',
  },
  origin: 'proposed',
  params: z.object({ ...rangeParams, ...scopeParams }).refine(...rangeInOrder),
  row: z.object({
    kind: z.enum(kinds),
    from_stage: z.string(),
    to_stage: z.string(),
    reason: z.string(),
    consumers: z.int(),
  }),
  columns: {
    kind: { zh: '变动', en: 'Move' },
    from_stage: { zh: '起始阶段', en: 'From stage' },
    to_stage: { zh: '到达阶段', en: 'To stage' },
    reason: { zh: '原因', en: 'Reason' },
    consumers: { zh: '消费者', en: 'Consumers' },
  },
  query: ({ from, to }, lens) => {
    const codes = ['none', ...codesOf(lens)];
    return sql`
      SELECT ${[...kinds]}[order] AS kind, ${codes}[was + 1] AS from_stage, ${codes}[now + 1] AS to_stage, reason, consumers
      FROM (SELECT multiIf(was = 0, 4, now = 0, 3, now < was, 2, 1) AS order, was, now, reason, count() AS consumers
        FROM ${reasonedMoves(lens, from, to)} GROUP BY was, now, reason)
      ORDER BY order, was, now, consumers DESC, reason`;
  },
  people: (row, { from, to }, lens) => sql`
    SELECT consumer FROM ${reasonedMoves(lens, from, to)} WHERE ${sameMove(row, lens)} AND reason = ${row.reason}`,
  chart: { kind: 'table' },
  words: {
    kind: {
      deepened: { zh: '加深', en: 'Deepened' },
      shallowed: { zh: '变浅', en: 'Shallowed' },
      lost: { zh: '流失', en: 'Lost' },
      added: { zh: '新进', en: 'Added' },
    },
    from_stage: stageWords,
    to_stage: stageWords,
    reason: reasonWords,
  },
});

function sameMove(row: { from_stage: string; to_stage: string }, lens: Lens): Fragment {
  return sql`was = ${levelOf(lens, row.from_stage)} AND now = ${levelOf(lens, row.to_stage)}`;
}
