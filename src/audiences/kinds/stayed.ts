import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { as, sql } from '../../warehouse/sql.ts';
import { every, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';
import { codes, heldOn, stagesText } from './levels.ts';

const body = z.strictObject({
  in: codes.refine((held) => !held.includes('none'), {
    message: 'no stage is no stay: leave `none` out | 没有阶段就无从停留，请去掉 none',
  }),
  days: range,
});

/** In one of these stages as of the day asked, and without a break in that same stage for so many days, the first and the last in. */
export const stayed = defineKind<z.infer<typeof body>>({
  name: 'stayed',
  looksAtStages: true,
  schema: body,
  example: '{"stayed": {"in": ["I"], "days": {"min": 30}}}',
  flag: ({ in: held, days }, asking) => {
    const { plan, lens, on } = asking;
    const stay = sql`(toInt64(toUInt16(${as(on, 'Date')})) + 1 - toInt64(${plan.since(lens, on)}))`;
    return every([heldOn(held, on, asking), { test: within(stay, days), empty: false }]);
  },
  sentence: ({ in: held, days }) => {
    const [stages, long] = [stagesText(held), rangeText(days)];
    return { zh: spaced`处于阶段${stages.zh}已${long.zh}天`, en: `in stage ${stages.en} for ${long.en} days` };
  },
});
