import { as, type Fragment, perConsumer, sql } from '../warehouse/sql.ts';
import { netAmount, paidLines } from './paid.ts';
import type { RuleSet } from './rules/ruleSet.ts';
import type { Scope } from './scope.ts';

/** Classes by high and low R, F and M, in the order they are shown. */
export const rfmClasses = ['HHH', 'LHH', 'HLH', 'LLH', 'HHL', 'LHL', 'HLL', 'LLL'] as const;

/** The names of the field. */
export const rfmClassNames = {
  HHH: '高价值',
  LHH: '重点保持',
  HLH: '重点发展',
  LLH: '重点挽留',
  HHL: '一般价值',
  LHL: '一般保持',
  HLL: '一般发展',
  LLL: '潜在',
} as const satisfies Record<(typeof rfmClasses)[number], string>;

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

/** What a score from 1 to 5 is given for. */
export const rfmMeasures = ['recency', 'frequency', 'monetary'] as const;
export type RfmMeasure = (typeof rfmMeasures)[number];

/**
 * One row a buyer of the window that ends with a day: `consumer` and `score` by one measure, 1 and one more for every whole
 * fifth of the buyers that is strictly behind. So equal buyers have equal scores, the lowest that any of them would have.
 */
export function rfmScoresOn(on: string, lens: RfmLens, of: RfmMeasure): Fragment {
  const ranked = sql`SELECT consumer, ${behind(of)} AS place FROM ${buyers(on, lens)}`;
  return sql`(SELECT consumer, toUInt8(1 + arrayCount(bound -> place < bound, bounds)) AS score
    FROM (${ranked}) AS each
    CROSS JOIN (SELECT quantilesExact(0.2, 0.4, 0.6, 0.8)(place) AS bounds FROM (${ranked})) AS fifths)`;
}

/** What is less where the score is higher. */
function behind(of: RfmMeasure): Fragment {
  return { recency: sql`r`, frequency: sql`-f`, monetary: sql`-toInt64(m)` }[of];
}
