import { spaced } from '../../base/spaced.ts';
import { sql } from '../../warehouse/sql.ts';
import { spendLevel as levelOf } from '../crowds/spend.ts';
import { type Range, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';

/** Of a spend level within a range: the profile's own, else by fifths of the net spend of a year; whoever has neither has none. */
export const spendLevel = defineKind<Range>({
  name: 'spend_level',
  schema: range,
  example: '{"spend_level": {"min": 4}}',
  isRelative: true,
  flag: (bounds, { plan, spendSteps }) => {
    const level = levelOf(plan, spendSteps ?? []);
    return { test: sql`(${level} > 0 AND ${within(level, bounds)})`, empty: false };
  },
  sentence: (bounds) => {
    const { zh, en } = rangeText(bounds);
    return { zh: spaced`消费力${zh}级`, en: `of spend level ${en}` };
  },
});
