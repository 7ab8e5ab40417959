import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { calendarDay } from '../../model/calendarDay.ts';
import { every } from '../range.ts';
import { defineKind } from '../rule.ts';
import { codes, heldOn, stagesText } from './levels.ts';

const body = z
  .strictObject({ from: codes, to: codes, between: z.tuple([calendarDay(), calendarDay()]) })
  .refine(({ between: [first, second] }) => first <= second, {
    path: ['between'],
    message: 'the second day lies before the first: swap them | 第二个日期早于第一个，请对调',
  });

/** The stage as of the first day is one of `from`, as of the second one of `to`. */
export const moved = defineKind<z.infer<typeof body>>({
  name: 'moved',
  looksAtStages: true,
  schema: body,
  example: '{"moved": {"from": ["A"], "to": ["I"], "between": ["2026-06-01", "2026-06-30"]}}',
  fixedDays: ({ between }) => between,
  flag: ({ from, to, between: [first, second] }, asking) =>
    every([heldOn(from, first, asking), heldOn(to, second, asking)]),
  sentence: ({ from, to, between: [first, second] }) => {
    const [was, now] = [stagesText(from), stagesText(to)];
    return {
      zh: spaced`从${first}的${was.zh}流转到${second}的${now.zh}`,
      en: `moved from ${was.en} on ${first} to ${now.en} on ${second}`,
    };
  },
});
