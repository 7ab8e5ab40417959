import { type Fragment, id, join, perConsumer, sql } from '../warehouse/sql.ts';
import type { Among, Asked, Asking } from './asking.ts';
import { everybody } from './compile.ts';
import type { Plan } from './plan.ts';
import { every } from './range.ts';
import type { Flag, Rule } from './rule.ts';

/** A condition of a rule, the rule itself among them. */
export interface Condition {
  readonly place: readonly PropertyKey[];
  readonly rule: Rule;
  readonly flag: Flag;
  /** It and all before it within the same `all`; absent elsewhere. */
  readonly after?: Flag;
}

/** Every condition of a rule, outer before inner, as a boolean over the measures of one plan; each is asked once. */
export function conditionsOf(rule: Rule, asked: Asked, plan: Plan): Condition[] {
  return conditionsAt(rule, [], { ...asked, plan, within: [] });
}

function conditionsAt({ kind, body, parts }: Rule, place: readonly PropertyKey[], asking: Asking): Condition[] {
  const places = kind.parts?.(body) ?? [];
  const inner = parts.map((part, i) => conditionsAt(part, [...place, kind.name, ...(places[i]?.place ?? [])], asking));
  const flags = inner.flatMap(([first]) => (first ? [first.flag] : []));
  const told = inner.map(([first, ...rest], i) =>
    first && kind.name === 'all'
      ? [{ ...first, after: every(flags.slice(0, i + 1)) }, ...rest]
      : [...(first ? [first] : []), ...rest],
  );
  const { test, empty } = kind.flag(body, asking, flags);
  // Note: each condition stands in those around it and those after it, and would be written out again in each.
  const flag = { test: asking.plan.derived(sql`toBool(${test})`), empty };
  return [{ place, rule: { kind, body, parts }, flag }, ...told.flat()];
}

/**
 * How many consumers meet each flag, as one row of columns `f0`, `f1`... in one pass over the facts, and `everybody`, where
 * a flag holds for consumers without facts too.
 */
export function countingFlags(flags: readonly Flag[], plan: Plan, asked: Among): Fragment {
  const measured = plan.table();
  const all = sql`toUInt64(${flags.some(({ empty }) => empty) ? sql`(SELECT count() FROM (${everybody(asked)}))` : sql`0`})`;
  if (!measured)
    return sql`SELECT ${join(
      flags.map(({ empty }, i) => sql`${empty ? all : sql`0`} AS ${id(`f${i}`)}`),
      ', ',
    )}`;
  // Note: where a consumer without facts qualifies, those are counted whose facts speak against it.
  const tests = flags.map(({ test, empty }, i) => sql`toUInt8(${empty ? sql`NOT (${test})` : test}) AS ${id(`t${i}`)}`);
  const columns = sql`SELECT ${join(tests, ', ')} FROM ${measured}`;
  const counts = flags.map(({ empty }, i) => {
    const met = sql`sum(${id(`t${i}`)})`;
    return sql`${empty ? sql`${all} - ${met}` : met} AS ${id(`f${i}`)}`;
  });
  return sql`SELECT ${join(counts, ', ')} FROM ${plan.isLocal ? perConsumer(columns) : sql`(${columns})`}`;
}

/** Which flags hold for each of some consumers: `consumer`, and `holds`, the numbers of the flags that do. */
export function holding(flags: readonly Flag[], plan: Plan): Fragment {
  const measured = plan.table();
  if (!measured) return sql`SELECT toUInt32(0) AS consumer, CAST([], 'Array(UInt16)') AS holds WHERE 0`;
  const tests = flags.map(({ test }, i) => sql`if(${test}, [toUInt16(${i})], [])`);
  const holds = tests.reduce((all, each) => sql`arrayConcat(${all}, ${each})`);
  const question = sql`SELECT consumer, ${holds} AS holds FROM ${measured}`;
  return sql`SELECT consumer, holds FROM ${plan.isLocal ? perConsumer(question) : sql`(${question})`}`;
}
