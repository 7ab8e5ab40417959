import { z } from 'zod';
import { sql } from '../../warehouse/sql.ts';
import { measured, range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';

const body = z.strictObject({ tier: range.optional() });

/** A member as of the day asked; with `tier`, the tier of the latest joining in force is a number within the range. */
export const member = defineKind<z.infer<typeof body>>({
  name: 'member',
  schema: body,
  example: '{"member": {"tier": {"min": 2}}}',
  flag: ({ tier }, { plan }) => {
    const number = sql`toFloat64OrNull(toString(argMax(tier, (join_at, file, line))))`;
    const held = tier ? sql`toUInt8(ifNull(${within(number, tier)}, 0))` : sql`toUInt8(1)`;
    return measured(plan.measure('memberships', held, sql`1`), { min: 1 });
  },
  sentence: ({ tier }) => {
    const bounds = tier && rangeText(tier);
    return { zh: bounds ? `${bounds.zh} 级会员` : '会员', en: bounds ? `a member of tier ${bounds.en}` : 'a member' };
  },
});
