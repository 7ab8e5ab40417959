import { followings, memberships } from '../model/members.ts';
import { NEVER, paidLines } from '../model/paid.ts';
import { behaviorsOf, type Condition, type RuleSet } from '../model/rules/ruleSet.ts';
import { inScope, reviewsInScope, type Scope } from '../model/scope.ts';
import { empty, Fragment, join, sql } from '../warehouse/sql.ts';

/** Bits of one stage's counter in a sweep: how many days of its conditions are in force at once. */
const BITS = 12;

/**
 * Stage spans, one row a consumer and unbroken run of days in one stage: `consumer`, `start` up to and without `finish`
 * (day numbers), `level` (1 is the shallowest stage).
 *
 * Every condition gives spans of days in which it holds; each starts by +1 and ends by −1 in the counter of its stage;
 * sorted by day and summed, the highest counter above 0 is the stage. So one sweep gives every day at once, whatever
 * the rules, with refunds, quittings and unfollowings as ends of spans. `which` narrows the consumers.
 */
export function stageSpans(rules: RuleSet, scope: Scope, which: Fragment = sql`1`): Fragment {
  return swept(rules, signals(rules, scope, { which, acted: sql`1`, events: sql`events` }));
}

/**
 * Stage spans as far as they meet the days `from`..`to`: right on those days, and not to be relied on before and after.
 * Behaviours too old or too late to matter on them are not read, so that an answer takes memory for its own days only.
 */
export function stageSpansWithin(
  rules: RuleSet,
  scope: Scope,
  { from, to }: { from: Fragment; to: Fragment },
): Fragment {
  const acted = sql`day > ${from} - ${memoryOf(rules)} AND day <= ${to}`;
  return sql`(SELECT * FROM ${swept(rules, signals(rules, scope, { which: sql`1`, acted, events: sql`events` }))}
    WHERE start <= toUInt16(${to}) AND finish > toUInt16(${from}))`;
}

/**
 * Stage spans of the consumers of a table of events as far as they reach past the day number `from`: right from that day
 * on, and not to be relied on before. The table needs only the events that `matterFrom` names.
 */
export function stageSpansFrom(
  rules: RuleSet,
  scope: Scope,
  { from, which, events }: { from: number; which: Fragment; events: Fragment },
): Fragment {
  return sql`(SELECT * FROM ${swept(rules, signals(rules, scope, { which, acted: recent(rules, from), events }))}
    WHERE finish > ${from})`;
}

/** Events that can matter to a stage from the day number `from` on: those in a window that reaches it, and what lasts. */
export function matterFrom(rules: RuleSet, from: number): Fragment {
  const lasting = ['pay', 'refund', 'review', ...rules.fan.on, ...rules.fan.off];
  return sql`(${recent(rules, from)} OR behavior IN ${lasting})`;
}

const recent = (rules: RuleSet, from: number): Fragment =>
  sql`day >= toDate(${Math.max(0, from - memoryOf(rules) + 1)})`;

/** Days after which no behaviour counts; payments, reviews, memberships and followings last longer. */
function memoryOf(rules: RuleSet): number {
  return Math.max(...rules.stages.flatMap(({ when }) => when.map((each) => ('did' in each ? each.days : 0))));
}

function swept(rules: RuleSet, source: Fragment): Fragment {
  const conditions = rules.stages.flatMap((stage, i) => stage.when.map((each) => ({ each, level: i + 1 })));
  const spans = conditions.map(({ each }, k) => spansOf(each, k));
  const points = join(
    conditions.map(({ level }, k) => pointsOf(k, level)),
    ', ',
  );
  const days = layered(source, [
    ...byDepth(spans),
    [sql`arraySort(x -> x.1, arrayConcat(${points})) AS points`],
    ...sweep(rules.stages.length),
  ]);
  return sql`(SELECT consumer, run.1 AS start, run.2 AS finish, run.3 AS level
    FROM ${days} ARRAY JOIN runs AS run)`;
}

/** Steps of a computation, each a layer of columns made from those of the layers before. */
type Layers = readonly (readonly Fragment[])[];

/** One subquery a layer. Note: aliases within one SELECT would be opened into each other, and the query would grow without bound. */
function layered(source: Fragment, layers: Layers): Fragment {
  return layers.reduce((inner, columns) => sql`(SELECT *, ${join(columns, ', ')} FROM ${inner})`, source);
}

function byDepth(all: readonly Layers[]): Layers {
  const depth = Math.max(...all.map((layers) => layers.length));
  return Array.from({ length: depth }, (_, d) => all.flatMap((layers) => layers[d] ?? []));
}

/** From sorted points to runs of one level: the last sum of each day counts, and a run starts where the level changes. */
function sweep(levels: number): Layers {
  const cases = Array.from({ length: levels }, (_, i) => levels - i).map((l) => `c >= ${2 ** (BITS * (l - 1))}, ${l}`);
  const level = new Fragment([`toUInt8(multiIf(${cases.join(', ')}, 0))`]);
  return [
    [
      sql`arrayMap(x -> x.1, points) AS days`,
      sql`arrayMap(c -> ${level}, arrayCumSum(arrayMap(x -> x.2, points))) AS sums`,
    ],
    [sql`arrayMap((d, next) -> d != next, days, ${next(sql`days`, sql`toUInt16(0)`)}) AS lasts`],
    [
      sql`arrayFilter((d, last) -> last, days, lasts) AS day`,
      sql`arrayFilter((s, last) -> last, sums, lasts) AS stage`,
    ],
    [sql`arrayMap((s, p) -> s != p, stage, ${previous(sql`stage`, sql`toUInt8(0)`)}) AS changes`],
    [sql`arrayFilter((d, c) -> c, day, changes) AS turn`, sql`arrayFilter((s, c) -> c, stage, changes) AS turned`],
    [sql`arrayFilter(x -> x.3 > 0, arrayZip(turn, ${next(sql`turn`, sql`toUInt16(${NEVER})`)}, turned)) AS runs`],
  ];
}

/** Each element's successor, and `last` after the last. */
const next = (array: Fragment, last: Fragment): Fragment => sql`arrayPopFront(arrayPushBack(${array}, ${last}))`;

/** Each element's predecessor, and `first` before the first. */
const previous = (array: Fragment, first: Fragment): Fragment => sql`arrayPopBack(arrayPushFront(${array}, ${first}))`;

const name = (prefix: string, k: number): Fragment => new Fragment([`${prefix}${k}`]);

function pointsOf(k: number, level: number): Fragment {
  const weight = new Fragment([`toInt64(${2 ** (BITS * (level - 1))})`]);
  return sql`arrayMap(x -> (x, ${weight}), ${name('s', k)}), arrayMap(x -> (x, -${weight}), ${name('f', k)})`;
}

/** Starts `s<k>` and ends `f<k>` of the days in which condition k holds. Pairs of one position need not belong together. */
function spansOf(condition: Condition, k: number): Layers {
  const own = name('a', k);
  if ('did' in condition && condition.on_days === 1)
    return [[sql`${own} AS ${name('s', k)}`, sql`arrayMap(x -> ${after(condition.days)}, ${own}) AS ${name('f', k)}`]];
  if ('did' in condition) return runsOfDays(condition.days, condition.on_days, k);
  if ('paid' in condition) {
    const cut = windowed(sql`paid`, condition.paid.days);
    return condition.paid.on_days === 1 ? ends(cut, k) : crossings(cut, condition.paid.on_days, k);
  }
  if ('reviewed' in condition) return both(condition.reviewed, k);
  return ends('member' in condition ? sql`member` : sql`fan`, k);
}

const after = (days: number): Fragment => sql`toUInt16(least(x + ${days}, ${NEVER}))`;

function ends(spans: Fragment, k: number): Layers {
  return [[sql`arrayMap(x -> x.1, ${spans}) AS ${name('s', k)}`, sql`arrayMap(x -> x.2, ${spans}) AS ${name('f', k)}`]];
}

/** From the n-th day on until the first of the n leaves the window. */
function runsOfDays(days: number, onDays: number, k: number): Layers {
  const own = name('a', k);
  return [
    [sql`arraySort(${own}) AS ${name('o', k)}`],
    [
      sql`arraySlice(${name('o', k)}, ${onDays}) AS ${name('l', k)}`,
      sql`arrayMap(x -> ${after(days)}, arraySlice(${name('o', k)}, 1, greatest(0, toInt64(length(${own})) - ${onDays - 1}))) AS ${name('w', k)}`,
    ],
    [
      sql`arrayFilter((x, y) -> x < y, ${name('l', k)}, ${name('w', k)}) AS ${name('s', k)}`,
      sql`arrayFilter((y, x) -> x < y, ${name('w', k)}, ${name('l', k)}) AS ${name('f', k)}`,
    ],
  ];
}

/** Each (day, until) cut off where its window ends. */
function windowed(spans: Fragment, days: number): Fragment {
  return sql`arrayMap(x -> (x.1, toUInt16(least(x.1 + ${days}, x.2))), ${spans})`;
}

/** Days on which at least `least` of the spans are in force. */
function crossings(spans: Fragment, least: number, k: number): Layers {
  return held([{ spans, weight: 1 }], (sum) => sql`${sum} >= ${least}`, k);
}

/** Room for the days of one kind in a counter of two. */
const HALF = 65_536;

/** Days on which a review and a paid line are both in force. */
function both(rule: { days: number; paid_days: number }, k: number): Layers {
  const review = { spans: windowed(sql`review`, rule.days), weight: 1 };
  const paid = { spans: windowed(sql`paid`, rule.paid_days), weight: HALF };
  return held([review, paid], (sum) => sql`(${sum} >= ${HALF} AND bitAnd(${sum}, ${HALF - 1}) > 0)`, k);
}

/** Days on which the weights of the spans in force add up to what `holds` asks. */
function held(
  parts: readonly { readonly spans: Fragment; readonly weight: number }[],
  holds: (sum: Fragment) => Fragment,
  k: number,
): Layers {
  const points = parts.map(
    ({ spans, weight }) =>
      sql`arrayMap(x -> (x.1, toInt64(${weight})), ${spans}), arrayMap(x -> (x.2, toInt64(${-weight})), ${spans})`,
  );
  const [sorted, days, sums, last, day, truth] = [...'pduzgt'].map((letter) => name(letter, k)) as [
    Fragment,
    Fragment,
    Fragment,
    Fragment,
    Fragment,
    Fragment,
  ];
  const before = previous(truth, sql`toUInt8(0)`);
  return [
    [sql`arraySort(x -> x.1, arrayConcat(${join(points, ', ')})) AS ${sorted}`],
    [sql`arrayMap(x -> x.1, ${sorted}) AS ${days}`, sql`arrayCumSum(arrayMap(x -> x.2, ${sorted})) AS ${sums}`],
    [sql`arrayMap((d, n) -> d != n, ${days}, ${next(days, sql`toUInt16(0)`)}) AS ${last}`],
    [
      sql`arrayFilter((d, l) -> l, ${days}, ${last}) AS ${day}`,
      sql`arrayMap(c -> toUInt8(${holds(sql`c`)}), arrayFilter((c, l) -> l, ${sums}, ${last})) AS ${truth}`,
    ],
    [
      sql`arrayFilter((d, t, b) -> t AND NOT b, ${day}, ${truth}, ${before}) AS ${name('s', k)}`,
      sql`arrayFilter((d, t, b) -> b AND NOT t, ${day}, ${truth}, ${before}) AS ${name('f', k)}`,
    ],
  ];
}

/**
 * One row a consumer: `a<k>` the distinct days of each behaviour condition, and (day, until) of what can end early.
 * `which` narrows the consumers, `acted` the days of behaviours, `events` is the table their events stand in.
 */
function signals(
  rules: RuleSet,
  scope: Scope,
  { which, acted, events }: { which: Fragment; acted: Fragment; events: Fragment },
): Fragment {
  const conditions = rules.stages.flatMap((stage) => stage.when);
  const did = conditions.flatMap((each, k) => ('did' in each ? [{ behaviors: behaviorsOf(rules, each.did), k }] : []));
  const all = [...new Set(did.flatMap((each) => each.behaviors))];
  const arrays = did.map(
    ({ behaviors, k }) => sql`groupUniqArrayIf(toUInt16(day), behavior IN ${behaviors}) AS ${name('a', k)}`,
  );
  const columns = did.length > 0 ? sql`, ${join(arrays, ', ')}` : empty;
  const behaved = sql`(SELECT consumer${columns} FROM ${events}
    WHERE consumer != 0 AND behavior IN ${all} AND ${acted} AND ${inScope(scope)} AND ${which} GROUP BY consumer)`;
  return sql`(SELECT * FROM ${behaved} AS e FULL OUTER JOIN ${related(rules, scope, which, events)} AS r USING (consumer))`;
}

/** One row a consumer that paid, reviewed, joined or followed: arrays `paid`, `member`, `fan`, `review` of (day, until). */
export function related(rules: RuleSet, scope: Scope, which: Fragment, events: Fragment = sql`events`): Fragment {
  const paid = sql`SELECT consumer, 1 AS kind, toUInt16(day) AS day, max(until) AS until FROM ${paidLines(scope, which, events)} GROUP BY consumer, day`;
  const member = sql`SELECT consumer, 2 AS kind, toUInt16(day) AS day, max(until) AS until FROM ${memberships(scope, which)} GROUP BY consumer, day`;
  const fan = sql`SELECT consumer, 3 AS kind, toUInt16(day) AS day, max(until) AS until FROM ${followings(rules, scope, which, events)} GROUP BY consumer, day`;
  const review = sql`SELECT DISTINCT consumer, 4 AS kind, toUInt16(day) AS day, toUInt16(${NEVER}) AS until FROM ${goodReviews(rules, scope, which, events)}`;
  const of = (kind: number) => sql`groupArrayIf((day, until), kind = ${kind})`;
  return sql`(SELECT consumer, ${of(1)} AS paid, ${of(2)} AS member, ${of(3)} AS fan, ${of(4)} AS review
    FROM (${join([paid, member, fan, review], ' UNION ALL ')}) GROUP BY consumer)`;
}

/** Reviews good enough for a stage, from the reviews and from events `review` whose value is the rating. */
function goodReviews(rules: RuleSet, scope: Scope, which: Fragment, events: Fragment): Fragment {
  const ratings = rules.stages.flatMap((stage) =>
    stage.when.flatMap((each) => ('reviewed' in each ? [each.reviewed.min_rating] : [])),
  );
  const least = Math.min(...ratings, 6);
  return sql`(SELECT consumer, day FROM ${reviewsInScope(scope)} WHERE consumer != 0 AND rating >= ${least} AND ${which}
    UNION ALL SELECT consumer, day FROM ${events} WHERE behavior = 'review' AND consumer != 0 AND value >= ${least} AND ${inScope(scope)} AND ${which})`;
}
