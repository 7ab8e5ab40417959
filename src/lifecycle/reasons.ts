import { NEVER } from '../model/paid.ts';
import { behaviorsOf, type Condition } from '../model/rules/ruleSet.ts';
import { eventsInScope } from '../model/scope.ts';
import { as, type Fragment, join, perConsumer, sql } from '../warehouse/sql.ts';
import { type Lens, movesBetween } from './kept.ts';
import { related } from './spans.ts';

/** What a fact is of; on one day a later kind explains more than an earlier one. */
const kinds = { follow: 1, did: 2, join: 3, review: 4, pay: 5 } as const;
type Kind = keyof typeof kinds;

/** How a fact ends early; the rest end with their window only. */
const ending: Readonly<Partial<Record<Kind, string>>> = { follow: 'unfollow', join: 'quit', pay: 'refund' };

/** A part of a condition: facts of one kind, that count so many days, of these behaviours. */
interface Part {
  readonly kind: Kind;
  readonly days?: number;
  readonly behaviors?: readonly string[];
  readonly onDays: number;
  /** A payment that a review needs beside it. */
  readonly beside?: true;
}

/**
 * Consumers whose stage as of the end of `from` differs from that as of the end of `to`, one row each: `consumer`, the
 * levels `was` and `now` (0 is no stage), and `reason`.
 *
 * Who rose: the word of the latest fact after `from` among the conditions of the new stage that hold as of `to`. Who fell:
 * of the facts in the conditions that held the old stage as of `from`, the one that ended last by `to`, and how it ended:
 * `refund`, `quit`, `unfollow`, or `window_passed:` and its word. No condition of the new stage held as of `from`, none of
 * the old one holds as of `to`: so there is always such a fact.
 */
export function reasonedMoves(lens: Lens, from: string, to: string): Fragment {
  const first = sql`toUInt16(${as(from, 'Date')})`;
  const last = sql`toUInt16(${as(to, 'Date')})`;
  return perConsumer(sql`SELECT consumer, was, now, max(told).5 AS reason
    -- one row a consumer and condition that holds its deeper stage on the day it has that stage: the fact that tells
    FROM (SELECT consumer, was, now, maxIf((toUInt32(rank), kind, at, word, what), tells) AS told
      FROM (SELECT *, if(now > was, day, ending) AS rank, if(now > was, word, ended) AS what,
          if(now > was, day > ${first}, ending <= ${last}) AS tells
        FROM (SELECT *, toUInt16(least(day + days, until)) AS ending, if(until <= day + days, early, concat('window_passed:', word)) AS ended
          FROM ${facts(lens, first, last)} AS f
          INNER JOIN ${partsOf(lens)} AS p USING (kind)
          INNER JOIN (SELECT consumer, was, now FROM ${movesBetween(lens, from, to)} WHERE was != now) AS m USING (consumer)
          WHERE level = greatest(was, now) AND (empty(behaviors) OR has(behaviors, word)))
        WHERE day <= if(now > was, ${last}, ${first}) AND ending > if(now > was, ${last}, ${first}))
      GROUP BY consumer, was, now, condition
      HAVING uniqExactIf(day, beside = 0) >= max(on_days) AND (max(paired) = 0 OR max(beside) = 1))
    GROUP BY consumer, was, now`);
}

/** One row a part of a condition: `condition`, its number; `level`, that of its stage; and what the part asks. */
function partsOf({ rules }: Lens): Fragment {
  const conditions = rules.stages.flatMap(({ when }, i) => when.map((each) => ({ each, level: i + 1 })));
  const parts = conditions.flatMap(({ each, level }, condition) =>
    partsIn(each).map((part, _, all) => ({ ...part, condition, level, paired: all.length > 1 ? 1 : 0 })),
  );
  const rows = parts.map(
    (
      part,
    ) => sql`(toUInt8(${kinds[part.kind]}), ${part.condition}, toUInt8(${part.level}), ${part.days ?? NEVER}, ${part.onDays},
      ${part.beside ? 1 : 0}, ${part.paired}, ${ending[part.kind] ?? ''}, ${behaviorsOf(rules, part.behaviors ?? [])})`,
  );
  return sql`(SELECT p.1 AS kind, p.2 AS condition, p.3 AS level, p.4 AS days, p.5 AS on_days, p.6 AS beside, p.7 AS paired,
      p.8 AS early, p.9 AS behaviors FROM (SELECT arrayJoin([${join(rows, ', ')}]) AS p))`;
}

function partsIn(when: Condition): Part[] {
  if ('did' in when) return [{ kind: 'did', days: when.days, behaviors: when.did, onDays: when.on_days }];
  if ('paid' in when) return [{ kind: 'pay', days: when.paid.days, onDays: when.paid.on_days }];
  if ('reviewed' in when)
    return [
      { kind: 'review', days: when.reviewed.days, onDays: 1 },
      { kind: 'pay', days: when.reviewed.paid_days, onDays: 1, beside: true },
    ];
  return [{ kind: 'member' in when ? 'join' : 'follow', onDays: 1 }];
}

/** What could hold a stage, one row a fact: `consumer`, `kind`, `day`, `until`, `at` (behaviours only), `word`. */
function facts({ rules, scope }: Lens, first: Fragment, last: Fragment): Fragment {
  const did = rules.stages.flatMap(({ when }) => when.flatMap((each) => ('did' in each ? [each] : [])));
  const behaviors = [...new Set(did.flatMap((each) => behaviorsOf(rules, each.did)))];
  const longest = Math.max(0, ...did.map((each) => each.days));
  const counts = (on: Fragment) => sql`(toUInt16(day) > ${on} - ${longest} AND toUInt16(day) <= ${on})`;
  const of = (kind: Kind, column: Fragment) =>
    sql`arrayMap(x -> (toUInt8(${kinds[kind]}), x.1, x.2, ${kind}), ${column})`;
  return sql`(SELECT consumer, x.1 AS kind, x.2 AS day, x.3 AS until, toDateTime64(0, 3, 'UTC') AS at, x.4 AS word
    FROM (SELECT consumer, arrayJoin(arrayConcat(${of('pay', sql`paid`)}, ${of('review', sql`review`)},
      ${of('join', sql`member`)}, ${of('follow', sql`fan`)})) AS x FROM ${related(rules, scope, sql`1`)})
    UNION ALL SELECT consumer, toUInt8(${kinds.did}) AS kind, toUInt16(day) AS day, toUInt16(${NEVER}) AS until, at,
      toString(behavior) AS word FROM ${eventsInScope(scope)}
    WHERE behavior IN ${behaviors} AND (${counts(first)} OR ${counts(last)}))`;
}
