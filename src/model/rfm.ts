import { as, type Fragment, perConsumer, sql } from '../warehouse/sql.ts';
import { netAmount, paidLines } from './paid.ts';
import type { RuleSet } from './rules/ruleSet.ts';
import type { Scope } from './scope.ts';

/** Classes by high and low R, F and M, in the order they are shown. */
export const rfmClasses = ['HHH', 'LHH', 'HLH', 'LLH', 'HHL', 'LHL', 'HLL', 'LLL'] as const;

/** How buyers are looked at: whose rows count, and how long the window is. */
export interface RfmLens {
  readonly rules: RuleSet;
  readonly scope: Scope;
}

/**
 * One row a buyer of the window that ends with a day: `consumer`, `class` against the means of all buyers, and `m`, net
 * minor units. Integers are compared, so that the mean is exact.
 */
export function rfmOn(on: string, lens: RfmLens): Fragment {
  return sql`(SELECT consumer, m, concat(
      if(r * buyers <= sum_r, 'H', 'L'), if(f * buyers >= sum_f, 'H', 'L'),
      if(toInt128(m) * buyers >= sum_m, 'H', 'L')) AS class
    FROM (SELECT consumer, r, f, m, toInt64(count() OVER ()) AS buyers, sum(r) OVER () AS sum_r, sum(f) OVER () AS sum_f,
        sum(m) OVER () AS sum_m
      FROM ${buyers(on, lens)}))`;
}

/** One row a buyer of the window: `r` days since the last pay day, `f` distinct pay days, `m` net minor units. */
function buyers(on: string, { rules, scope }: RfmLens): Fragment {
  const date = sql`${as(on, 'Date')}`;
  return perConsumer(sql`SELECT consumer, toInt64(${date} - max(day)) AS r, toInt64(uniqExact(day)) AS f, sum(${netAmount(date)}) AS m
    FROM ${paidLines(scope)}
    WHERE day > ${date} - ${rules.rfm.days} AND day <= ${date} AND until > toUInt16(${date})
    GROUP BY consumer`);
}
