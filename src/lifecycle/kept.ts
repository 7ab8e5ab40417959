import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';
import { isWhole, type Scope } from '../model/scope.ts';
import { as, type Fragment, sql } from '../warehouse/sql.ts';
import { stageSpans } from './spans.ts';

/** How a question looks at the lifecycle. */
export interface Lens {
  readonly rules: RuleSet;
  readonly scope: Scope;
  /** True where the spans of these rules are kept for the whole scope; otherwise they are computed for the question. */
  readonly kept: boolean;
}

/** Stage spans as in `stageSpans`, with a `sign`: every count over them is a sum of signs. */
export function spans({ rules, scope, kept }: Lens): Fragment {
  if (kept && isWhole(scope))
    return sql`(SELECT consumer, start, finish, before, level, sign FROM stage_spans WHERE rules = ${rulesKey(rules)})`;
  return sql`(SELECT *, toInt8(1) AS sign FROM ${stageSpans(rules, scope)})`;
}

/** One row a consumer with a stage as of the end of a day: `consumer`, `level`. */
export function levelsOn(lens: Lens, on: string): Fragment {
  const day = sql`toUInt16(${as(on, 'Date')})`;
  return sql`(SELECT consumer, toUInt8(sum(toInt32(level) * sign)) AS level FROM ${spans(lens)}
    WHERE start <= ${day} AND finish > ${day} GROUP BY consumer HAVING level > 0)`;
}

/**
 * One row a consumer with a stage on at least one day of `from`..`to`: `consumer`, and its levels as of the end of the
 * first day, `was`, and of the last, `now`; 0 is no stage.
 */
export function movesBetween(lens: Lens, from: string, to: string): Fragment {
  const first = sql`toUInt16(${as(from, 'Date')})`;
  const last = sql`toUInt16(${as(to, 'Date')})`;
  return sql`(SELECT consumer, toUInt8(sumIf(toInt32(level) * sign, start <= ${first})) AS was,
      toUInt8(sumIf(toInt32(level) * sign, finish > ${last})) AS now
    FROM ${spans(lens)} WHERE start <= ${last} AND finish > ${first} GROUP BY consumer HAVING sum(sign) > 0)`;
}
