import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { calendarDay } from '../../model/calendarDay.ts';
import { defineKind } from '../rule.ts';
import { codes, heldOn, stagesText } from './levels.ts';

const body = z.strictObject({ in: codes, on: calendarDay().optional() });

/** The stage as of a day, by default the one asked, is one of these; `none` is a stage too. */
export const stage = defineKind<z.infer<typeof body>>({
  name: 'stage',
  looksAtStages: true,
  schema: body,
  example: '{"stage": {"in": ["I", "P"]}}',
  fixedDays: ({ on }) => (on === undefined ? [] : [on]),
  flag: ({ in: held, on }, asking) => heldOn(held, on ?? asking.on, asking),
  sentence: ({ in: held, on }) => {
    const { zh, en } = stagesText(held);
    return { zh: spaced`${on ?? ''}处于阶段${zh}`, en: `in stage ${en}${on ? ` on ${on}` : ''}` };
  },
});
