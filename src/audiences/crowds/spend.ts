import { as, type Fragment, join, sql } from '../../warehouse/sql.ts';
import type { Plan } from '../plan.ts';

/** Days whose net spend tells a consumer's level. */
const SPEND_DAYS = 365;
const SHARES = [0.2, 0.4, 0.6, 0.8];

const spentTest = (on: Fragment): Fragment => sql`day > ${on} - ${SPEND_DAYS}`;

/** Where each fifth of buyers but the first begins, in minor units: `steps`; `buyers` are how many there are. One row. */
export function spendSteps(plan: Plan): Fragment {
  return sql`SELECT quantilesExact(${join(
    SHARES.map((share) => sql`${share}`),
    ', ',
  )})(spent) AS steps, count() AS buyers
    FROM (SELECT consumer, sum(net) AS spent FROM ${plan.rows('paid')} WHERE ${spentTest(plan.on)}
      GROUP BY consumer HAVING spent > 0)`;
}

/** The level of a sum that was spent: 1 and one more for every bound that it reaches; 0 of nothing. */
export function levelOfSpend(spent: Fragment, steps: readonly number[]): Fragment {
  const passed = steps.map((step) => sql`(${spent} >= ${as(step, 'Int64')})`);
  return sql`if(${spent} > 0, toFloat64(1 + ${join([...passed, sql`0`], ' + ')}), toFloat64(0))`;
}

/** Spend level of a consumer, over the measures of a plan: the last one of its profile, else the fifth of buyers it is in; 0 is none. */
export function spendLevel(plan: Plan, steps: readonly number[]): Fragment {
  const told = plan.measure(
    'profiles',
    sql`toFloat64(ifNull(argMaxIf(spend_level, (file, line), isNotNull(spend_level)), 0))`,
    sql`1`,
  );
  if (steps.length === 0) return told;
  const spent = plan.measure('paid', sql`sumIf(net, ${spentTest(plan.on)})`, spentTest(plan.on));
  return sql`if(${told} > 0, ${told}, ${levelOfSpend(spent, steps)})`;
}
