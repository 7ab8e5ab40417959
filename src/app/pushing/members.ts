import { suppressedConsumers } from '../../audiences/withheld.ts';
import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { as, type Fragment, join, sql } from '../../warehouse/sql.ts';
import { cappedConsumers, withdrawnConsumers } from './gates.ts';
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
  /** Parts that the people are looked at in, one after another, so that memory holds one of them. */
  readonly parts: number;
}

/** Identifiers and forms as two lists. */
export function formsOf({ identifiers }: Pick<StoredPush, 'identifiers'>) {
  const pairs = identifiers.map((each) => each.split(':'));
  return { types: pairs.map(([type = '']) => type), forms: pairs.map(([, form = '']) => form) };
}

/** Consumers of one part that have an identifier to send: `consumer`. */
function reachable({ push, parts }: Planning, members: Fragment, part: number): Fragment {
  const { types } = formsOf(push);
  const mine = sql`SELECT who, consumer FROM ${people} WHERE consumer % ${parts} = ${part} AND consumer IN (${members})`;
  return sql`SELECT consumer FROM (${mine}) WHERE who IN (
    SELECT ident FROM identifiers WHERE type IN ${types} AND ident IN (SELECT who FROM (${mine})))`;
}

/** The side on which each consumer of a push stands: 0 is control. Note: of two who turned out to be one, a control stays one. */
function sides(push: number, inPart: Fragment): Fragment {
  return sql`SELECT p.consumer AS consumer, min(s.side) AS side, toUInt8(1) AS known
    FROM (SELECT who, consumer FROM ${people} WHERE consumer != 0 AND ${inPart}) AS p
    INNER JOIN (SELECT who, side FROM push_members FINAL WHERE push = ${push}) AS s ON s.who = p.who
    GROUP BY consumer`;
}

/**
 * Says of each member of the audience what becomes of it: `send`, or why it is not sent. Who comes in new falls on a side
 * by a hash of its card and the push's seed; the gates before that look the same way at both sides.
 */
export async function planMembers(context: Context, planning: Planning): Promise<void> {
  for (let part = 0; part < planning.parts; part += 1) await planPart(context, planning, part);
}

async function planPart({ warehouse }: Context, planning: Planning, part: number): Promise<void> {
  const { push, run, members, excluded, now, parts } = planning;
  const inPart = sql`consumer % ${parts} = ${part}`;
  const left =
    excluded.length === 0
      ? sql`0`
      : join(
          excluded.map((each) => sql`m.consumer IN (${each})`),
          ' OR ',
        );
  // Note: who may not be sent to is in no audience, so that whoever the push has had is asked for by that.
  const gone = sql`SELECT consumer FROM (${sides(push.id, inPart)})
    WHERE consumer IN (${suppressedConsumers}) OR consumer IN (${withdrawnConsumers(null)})`;
  const capped = push.cap
    ? sql`m.consumer IN (${cappedConsumers(push.cap.pushes, before(now, push.cap.days))})`
    : sql`0`;
  await warehouse.run(sql`INSERT INTO push_plan (run, consumer, who, known, state)
    SELECT toUInt32(${run}), m.consumer, m.who, s.known, multiIf(
      m.consumer IN (${suppressedConsumers}), 'suppressed',
      m.consumer IN (${withdrawnConsumers(push.purpose)}), 'consent',
      ${left}, 'excluded',
      m.consumer NOT IN (${reachable(planning, members, part)}), 'unreachable',
      s.known = 1, if(s.side = 0, 'control', 'send'),
      ${capped}, 'capped',
      sipHash64(${push.seed}, m.who) % ${SHARE} < ${push.holdout}, 'control', 'send')
    FROM (SELECT consumer, min(who) AS who FROM ${people} WHERE ${inPart} AND consumer != 0
      AND (consumer IN (${members}) OR consumer IN (${gone})) GROUP BY consumer) AS m
    LEFT JOIN (${sides(push.id, inPart)}) AS s ON s.consumer = m.consumer`);
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
  await warehouse.run(sql`DELETE FROM push_diff WHERE run = ${run}`);
}
