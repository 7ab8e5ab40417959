import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { as, type Fragment, join, sql } from '../../warehouse/sql.ts';
import { cappedConsumers, suppressedConsumers, withdrawnConsumers } from './gates.ts';
import type { StoredPush } from './stored.ts';
import { SHARE } from './stored.ts';

/** What a plan works on. */
export interface Planning {
  readonly push: StoredPush;
  readonly run: number;
  /** Members of the audience: `consumer`. */
  readonly members: Fragment;
  /** Members of the audiences that are excluded, each `consumer`. */
  readonly excluded: readonly Fragment[];
  /** Business day on which who is new comes in. */
  readonly day: string;
  /** Moment of the plan, ISO. */
  readonly now: string;
  /** Types of identifiers whose values are kept as hashes only. */
  readonly personal: readonly string[];
}

/** Identifiers and forms as two lists. */
export function formsOf({ identifiers }: Pick<StoredPush, 'identifiers'>) {
  const pairs = identifiers.map((each) => each.split(':'));
  return { types: pairs.map(([type = '']) => type), forms: pairs.map(([, form = '']) => form) };
}

/**
 * What can be sent of consumers, one row an identifier and form: `consumer`, `ident`, `type`, `form`, and its value,
 * `sealed` where the type is personal, else `plain`.
 */
export function sendable({ push, personal }: Planning, consumers: Fragment): Fragment {
  const { types, forms } = formsOf(push);
  return sql`SELECT p.consumer AS consumer, i.ident AS ident, i.type AS type, f.form AS form, i.plain AS plain, d.sealed AS sealed
    FROM (SELECT who, consumer FROM ${people} WHERE consumer IN (${consumers})) AS p
    INNER JOIN (SELECT ident, type, if(type IN ${[...personal]}, '', value) AS plain FROM identifiers FINAL
      WHERE type IN ${types}) AS i ON i.ident = p.who
    INNER JOIN (SELECT tupleElement(pair, 1) AS type, tupleElement(pair, 2) AS form
      FROM (SELECT arrayJoin(arrayZip(${types}, ${forms})) AS pair)) AS f ON f.type = i.type
    LEFT JOIN (SELECT ident, sealed FROM digests FINAL) AS d ON d.ident = i.ident
    WHERE plain != '' OR (sealed != '' AND form != 'plain')`;
}

/** The side on which each consumer of a push stands: 0 is control. Note: of two who turned out to be one, a control stays one. */
function sides(push: number): Fragment {
  return sql`SELECT p.consumer AS consumer, min(s.side) AS side, toUInt8(1) AS known
    FROM (SELECT who, consumer FROM ${people} WHERE consumer != 0) AS p
    INNER JOIN (SELECT who, side FROM push_members FINAL WHERE push = ${push}) AS s ON s.who = p.who
    GROUP BY consumer`;
}

/**
 * Says of each member of the audience what becomes of it: `send`, or why it is not sent. Who comes in new falls on a side
 * by a hash of its card and the push's seed; the gates before that look the same way at both sides.
 */
export async function planMembers({ warehouse }: Context, planning: Planning): Promise<void> {
  const { push, run, members, excluded, now } = planning;
  const left =
    excluded.length === 0
      ? sql`0`
      : join(
          excluded.map((each) => sql`m.consumer IN (${each})`),
          ' OR ',
        );
  const capped = push.cap
    ? sql`m.consumer IN (${cappedConsumers(push.cap.pushes, before(now, push.cap.days))})`
    : sql`0`;
  await warehouse.run(sql`INSERT INTO push_plan (run, consumer, who, known, state)
    SELECT toUInt32(${run}), m.consumer, m.who, s.known, multiIf(
      m.consumer IN (${suppressedConsumers}), 'suppressed',
      m.consumer IN (${withdrawnConsumers(push.purpose)}), 'consent',
      ${left}, 'excluded',
      m.consumer NOT IN (SELECT consumer FROM (${sendable(planning, members)})), 'unreachable',
      s.known = 1, if(s.side = 0, 'control', 'send'),
      ${capped}, 'capped',
      sipHash64(${push.seed}, m.who) % ${SHARE} < ${push.holdout}, 'control', 'send')
    FROM (SELECT consumer, min(who) AS who FROM ${people} WHERE consumer IN (${members}) GROUP BY consumer) AS m
    LEFT JOIN (${sides(push.id)}) AS s ON s.consumer = m.consumer`);
}

const DAY_MS = 86_400_000;
const before = (now: string, days: number): string => new Date(Date.parse(now) - days * DAY_MS).toISOString();

/** Notes who came in with a run, on which side, for the life of the push. */
export async function keepSides({ warehouse }: Context, { push, run, day }: Planning): Promise<void> {
  await warehouse.run(sql`INSERT INTO push_members (push, name, who, side, run, day, holdout)
    SELECT toUInt32(${push.id}), ${push.name}, who, toUInt8(state = 'send'), toUInt32(${run}), ${as(day, 'Date')},
      toUInt16(${push.holdout})
    FROM push_plan WHERE run = ${run} AND known = 0 AND state IN ('send', 'control')`);
}

/** Consumers of a plan by what becomes of them. */
export async function memberCounts({ warehouse }: Context, run: number): Promise<Readonly<Record<string, number>>> {
  const rows = await warehouse.rows<{ state: string; consumers: number }>(
    sql`SELECT state, count() AS consumers FROM push_plan WHERE run = ${run} GROUP BY state`,
  );
  return Object.fromEntries(rows.map(({ state, consumers }) => [state, consumers]));
}

/** Forgets the consumers of a plan, of which what matters is kept elsewhere. */
export async function forgetPlan({ warehouse }: Context, run: number): Promise<void> {
  await warehouse.run(sql`DELETE FROM push_plan WHERE run = ${run}`);
}
