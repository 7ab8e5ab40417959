import { facts } from '../model/factsThere.ts';
import { followings, memberships } from '../model/members.ts';
import { NEVER, paidLines } from '../model/paid.ts';
import type { RuleSet } from '../model/rules/ruleSet.ts';
import { inScope, reviewsInScope, type Scope } from '../model/scope.ts';
import { ifAny } from '../warehouse/ifAny.ts';
import { as, empty, type Fragment, join, own, perConsumer, sql } from '../warehouse/sql.ts';
import { countersOf } from './counters.ts';
import { levelsOf, runsOf } from './sweep.ts';

/**
 * Stage spans, one row a consumer and unbroken run of days in one stage: `consumer`, `start` up to and without `finish`
 * (day numbers), `level` (1 is the shallowest stage).
 *
 * Every condition gives spans of days in which it holds; each starts by +1 and ends by −1 in the counter of its stage;
 * sorted by day and summed, the highest counter above 0 is the stage. So one sweep gives every day at once, whatever
 * the rules, with refunds, quittings and unfollowings as ends of spans. `which` narrows the consumers.
 */
export function stageSpans(rules: RuleSet, scope: Scope, which: Fragment = sql`1`): Fragment {
  return swept(rules, scope, { which, acted: sql`1`, events: own('events') });
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
  return perConsumer(sql`SELECT * FROM ${swept(rules, scope, { which: sql`1`, acted, events: own('events') })}
    WHERE start <= toUInt16(${to}) AND finish > toUInt16(${from})`);
}

/** Stages as of the end of one day, one row a consumer with one: `consumer`, `level`; told from the facts. `which` narrows the consumers. */
export function stagesOn(rules: RuleSet, scope: Scope, on: string, which: Fragment = sql`1`): Fragment {
  const day = sql`${as(on, 'Date')}`;
  const acted = sql`day > ${day} - ${memoryOf(rules)} AND day <= ${day}`;
  const source = counted(rules, scope, { which, acted, events: own('events') });
  return levelsOf(source, countersOf(rules), sql`toUInt16(${day})`);
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
  return sql`(SELECT * FROM ${swept(rules, scope, { which, acted: recent(rules, from), events })}
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

/** What a sweep is over: `which` narrows the consumers, `acted` the days of behaviours, `events` is the table their events stand in. */
interface Over {
  readonly which: Fragment;
  readonly acted: Fragment;
  readonly events: Fragment;
}

function swept(rules: RuleSet, scope: Scope, over: Over): Fragment {
  return runsOf(counted(rules, scope, over), countersOf(rules));
}

/** One row a consumer of what the rules count: distinct days of behaviours, and `paid`, `member`, `fan`, `review`. */
function counted(rules: RuleSet, scope: Scope, { which, acted, events }: Over): Fragment {
  const { behaviors, columns: days } = countersOf(rules);
  const columns = days.length > 0 ? sql`, ${join(days, ', ')}` : empty;
  const behaved = sql`(SELECT consumer${columns} FROM ${events}
    WHERE consumer != 0 AND behavior IN ${[...behaviors]} AND ${acted} AND ${inScope(scope)} AND ${which} GROUP BY consumer)`;
  return sql`(SELECT * FROM ${behaved} AS e FULL OUTER JOIN ${related(rules, scope, which, events)} AS r USING (consumer))`;
}

/** One row a consumer that paid, reviewed, joined or followed: arrays `paid`, `member`, `fan`, `review` of (day, until). */
export function related(rules: RuleSet, scope: Scope, which: Fragment, events: Fragment = own('events')): Fragment {
  const paid = sql`SELECT consumer, 1 AS kind, toUInt16(day) AS day, max(until) AS until FROM ${paidLines(scope, which, events)} GROUP BY consumer, day`;
  const member = sql`SELECT consumer, 2 AS kind, toUInt16(day) AS day, max(until) AS until FROM ${memberships(scope, which)} GROUP BY consumer, day`;
  const fan = sql`SELECT consumer, 3 AS kind, toUInt16(day) AS day, max(until) AS until FROM ${followings(rules, scope, which, events)} GROUP BY consumer, day`;
  const review = sql`SELECT DISTINCT consumer, 4 AS kind, toUInt16(day) AS day, toUInt16(${NEVER}) AS until FROM ${goodReviews(rules, scope, which, events)}`;
  const members = ifAny([facts.memberships], sql`${member} UNION ALL `);
  const fans = ifAny(rules.fan.on.map(facts.events), sql`${fan} UNION ALL `);
  const reviews = ifAny([facts.reviews, facts.events('review')], sql`${review} UNION ALL `);
  const of = (kind: number) => sql`groupArrayIf((day, until), kind = ${kind})`;
  return perConsumer(sql`SELECT consumer, ${of(1)} AS paid, ${of(2)} AS member, ${of(3)} AS fan, ${of(4)} AS review
    FROM (${members}${fans}${reviews}${paid}) GROUP BY consumer`);
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
