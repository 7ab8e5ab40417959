import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';
import { whereText } from '../where.ts';
import { windowText } from '../window.ts';
import { isPurchase, purchase } from './bought.ts';

const body = z.strictObject({
  ...purchase.shape,
  within_days: z.int().min(1).max(36_500),
  /** Which pay day: the second, the third...; any of them where it is absent. */
  nth: z.int().min(2).max(1000).optional(),
});
type Body = z.infer<typeof body>;

/** Days between a consumer's pay days in order: the first of them lies between the first and the second. */
function gaps(test: Fragment): Fragment {
  return sql`arrayPopFront(arrayDifference(arraySort(groupUniqArrayIf(toInt32(toUInt16(day)), ${test}))))`;
}

function test({ within_days: most, nth, ...which }: Body, on: string): { paid: Fragment; again: Fragment } {
  const paid = isPurchase(which, on);
  const soon = sql`gap -> gap <= ${most}`;
  const those = nth === undefined ? gaps(paid) : sql`arraySlice(${gaps(paid)}, ${nth - 1}, 1)`;
  return { paid, again: sql`toUInt8(arrayExists(${soon}, ${those}))` };
}

/** Paid again within so many days of the pay day before, on the nth pay day or on any. */
export const repurchased = defineKind<Body>({
  name: 'repurchased',
  schema: body,
  example: '{"repurchased": {"nth": 2, "within_days": 30}}',
  flag: (given, { plan, on }) => {
    const { paid, again } = test(given, on);
    return measured(plan.measure('paid', again, paid), { min: 1 });
  },
  sentence: ({ nth, within_days: most, where: places, window: days }) => {
    const [there, when] = [whereText(places), windowText(days)];
    return {
      zh: spaced`${when.zh}${there.zh}${nth === undefined ? '购买后' : `第 ${nth} 次购买在前一次之后`}${most}天内${nth === undefined ? '再次购买' : ''}`,
      en: `${nth === undefined ? 'bought again' : `made purchase number ${nth}`}${there.en} within ${most} days of the one before ${when.en}`,
    };
  },
});
