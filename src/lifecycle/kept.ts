import { type RuleSet, rulesKey } from '../model/rules/ruleSet.ts';
import { isWhole, ofMembers, type Scope } from '../model/scope.ts';
import { as, type Fragment, own, perConsumer, sql } from '../warehouse/sql.ts';
import { stageSpans, stageSpansWithin, stagesOn } from './spans.ts';

/** How a question looks at the lifecycle. */
export interface Lens {
  readonly rules: RuleSet;
  readonly scope: Scope;
  /** True where the spans of these rules are kept for the whole scope; otherwise they are computed for the question. */
  readonly kept: boolean;
  /** The whole lives of these alone are computed for the question: a test by the column `consumer`. */
  readonly only?: Fragment;
  /** Saved audiences that a question names, by name, with the members that are kept of each. */
  readonly audiences?: ReadonlyMap<string, NamedMembers>;
  /** Tags of all consumers as of a day, where a question reads them. */
  readonly tags?: KeptTags;
  /** Audiences and one tag as of each day that a question follows. */
  readonly days?: ReadonlyMap<string, SeenOn>;
}

/** What a question that follows days reads of one of them. */
export type SeenOn = Required<Pick<Lens, 'audiences' | 'tags'>>;

/** Members of an audience, as questions read them. */
export interface NamedMembers {
  /** `consumer`, one row a member. */
  readonly consumers: Fragment;
  /** One row: `members`, the bitmap of their numbers. */
  readonly bitmap: Fragment;
}

/** What is kept of the values that consumers have, as bitmaps of their numbers. */
export interface KeptTags {
  /** The day at whose end the values hold. */
  readonly on: string;
  /** A table: `tag`, `value`, `block` and `members`; the tag '' is everybody. */
  readonly table: Fragment;
}

/** All that is kept of a rule set over the whole scope: `consumer`, `start`, `finish`, `level` and `sign`, to be summed up. */
export function spansKept(rules: RuleSet): Fragment {
  return perConsumer(
    sql`SELECT consumer, start, finish, level, sign FROM ${own('stage_spans')} WHERE rules = ${rulesKey(rules)}`,
  );
}

/**
 * Stage spans that meet the days `from`..`to`, right on those days: `consumer`, `start`, `finish`, `level` as in
 * `stageSpans`, and `sign`: every count over them is a sum of signs.
 */
export function spansWithin({ rules, scope, kept, only }: Lens, from: string, to: string): Fragment {
  const days = { from: sql`${as(from, 'Date')}`, to: sql`${as(to, 'Date')}` };
  const meets = sql`start <= toUInt16(${days.to}) AND finish > toUInt16(${days.from})`;
  if (only) return perConsumer(sql`SELECT *, toInt8(1) AS sign FROM ${stageSpans(rules, scope, only)} WHERE ${meets}`);
  if (kept && isWhole(scope))
    return perConsumer(sql`SELECT consumer, start, finish, level, sign FROM ${own('stage_spans')}
      WHERE rules = ${rulesKey(rules)} AND ${meets} AND ${ofMembers(scope)}`);
  return perConsumer(
    sql`SELECT consumer, start, finish, level, toInt8(1) AS sign FROM ${stageSpansWithin(rules, scope, days)}`,
  );
}

/** Whether stages are told from the facts, for they are not kept for the consumers or the brands that a question looks at. */
export function isTold({ scope, kept, only }: Lens): boolean {
  return only !== undefined || !kept || !isWhole(scope);
}

/** One row a consumer with a stage as of the end of a day: `consumer`, `level`. Note: of one day it is told without a sweep. */
export function levelsOn(lens: Lens, on: string): Fragment {
  if (isTold(lens)) return perConsumer(sql`SELECT * FROM ${stagesOn(lens.rules, lens.scope, on, lens.only)}`);
  return perConsumer(sql`SELECT consumer, toUInt8(sum(toInt32(level) * sign)) AS level FROM ${spansWithin(lens, on, on)}
    GROUP BY consumer HAVING level > 0`);
}

/**
 * One row a consumer with a stage on at least one day of `from`..`to`: `consumer`, and its levels as of the end of the
 * first day, `was`, and of the last, `now`; 0 is no stage.
 */
export function movesBetween(lens: Lens, from: string, to: string): Fragment {
  const first = sql`toUInt16(${as(from, 'Date')})`;
  const last = sql`toUInt16(${as(to, 'Date')})`;
  return perConsumer(sql`SELECT consumer, toUInt8(sumIf(toInt32(level) * sign, start <= ${first})) AS was,
      toUInt8(sumIf(toInt32(level) * sign, finish > ${last})) AS now
    FROM ${spansWithin(lens, from, to)} GROUP BY consumer HAVING sum(sign) > 0`);
}
