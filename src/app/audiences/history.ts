import type {
  AudienceDay,
  AudienceHistoryQuestion,
  AudienceMove,
  AudienceMovePage,
  AudienceMovesQuestion,
} from '../../api/audiences.ts';
import { type Condition, conditionsOf, holding } from '../../audiences/explain.ts';
import { bitmapsKept } from '../../audiences/kept.ts';
import { Plan } from '../../audiences/plan.ts';
import { readRule } from '../../audiences/read.ts';
import { type Rule, sentenceOf } from '../../audiences/rule.ts';
import { addDays, dayNumber } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import { CAPS } from '../asking.ts';
import { firstDayOf } from './firstDay.ts';
import { askedOf, dayOf, upToDate } from './members.ts';
import { type StoredAudience, storedAudience } from './stored.ts';

/** Days that one request looks at, and how many it does without being told. */
const MOST_DAYS = 92;
const USUAL_DAYS = 14;

/**
 * Members day by day as the rule takes them as of the end of each, with who came and went; days that are kept are not found
 * again. Days before the first that the audience can be asked for are not told, nor that one, which has none before it.
 */
export function audienceHistory(
  context: Context,
  which: number,
  asked: AudienceHistoryQuestion,
): Promise<AudienceDay[]> {
  return context.gate.shared(async () => {
    const stored = await dynamic(context, which);
    const to = asked.to ?? (await dayOf(context, stored));
    const from = asked.from ?? addDays(to, 1 - USUAL_DAYS);
    const days = dayNumber(to) - dayNumber(from) + 1;
    if (days < 1 || days > MOST_DAYS)
      throw new InputError('audience_history', say('audience.history', { from, to, days, most: MOST_DAYS }));
    const told: AudienceDay[] = [];
    const first = await firstDayOf(context, stored);
    const begin = first === undefined || first < from ? from : addDays(first, 1);
    if (begin > to) return told;
    let was = await upToDate(context, stored, { on: addDays(begin, -1) });
    for (let on = begin; on <= to; on = addDays(on, 1)) {
      const now = await upToDate(context, stored, { on });
      told.push({ on: now.on, consumers: now.consumers, ...(await moved(context, was.run, now.run)) });
      was = now;
    }
    return told;
  });
}

/** An audience whose members change from day to day. */
export async function dynamic({ registry }: Context, which: number): Promise<StoredAudience> {
  const stored = await storedAudience(registry, which);
  if (stored.kind === 'static') throw new InputError('audience_fixed', say('audience.fixed', { name: stored.name }));
  return stored;
}

/** Bitmaps of two runs side by side, a row a block: `was` and `now`. */
function beside(was: number, now: number): Fragment {
  const of = (run: number) => sql`groupBitmapOrStateIf(members, run = ${run})`;
  return perConsumer(sql`SELECT block, ${of(was)} AS was, ${of(now)} AS now FROM (
    SELECT toUInt32(${was}) AS run, block, members FROM (${bitmapsKept(was)})
    UNION ALL SELECT toUInt32(${now}) AS run, block, members FROM (${bitmapsKept(now)})) GROUP BY block`);
}

async function moved({ warehouse }: Context, was: number, now: number): Promise<{ entered: number; left: number }> {
  const [row] = await warehouse.rows<{ entered: number; gone: number }>(
    sql`SELECT sum(bitmapAndnotCardinality(now, was)) AS entered, sum(bitmapAndnotCardinality(was, now)) AS gone FROM ${beside(was, now)}`,
  );
  return { entered: row?.entered ?? 0, left: row?.gone ?? 0 };
}

/** Who came or went on a day, and the conditions that have come to hold for them, or ceased to. */
export function audienceMoves(
  context: Context,
  which: number,
  { on, which: way, limit, after }: AudienceMovesQuestion,
): Promise<AudienceMovePage> {
  return context.gate.shared(async () => {
    const stored = await dynamic(context, which);
    const before = addDays(on, -1);
    const was = await upToDate(context, stored, { on: before });
    const now = await upToDate(context, stored, { on });
    const those = way === 'entered' ? sql`bitmapAndnot(now, was)` : sql`bitmapAndnot(was, now)`;
    const found = await context.warehouse.rows<{ consumer: number }>(
      sql`SELECT consumer FROM (SELECT arrayJoin(bitmapToArray(${those})) AS consumer FROM ${beside(was.run, now.run)})
        WHERE consumer > ${after} ORDER BY consumer LIMIT ${limit + 1}`,
      CAPS,
    );
    const page = found.slice(0, limit).map(({ consumer }) => consumer);
    const last = page.at(-1);
    return {
      on,
      moves: last === undefined ? [] : await reasons(context, stored, page, [before, on]),
      ...(found.length > limit && last !== undefined ? { next: last } : {}),
    };
  });
}

/** What has come to hold of some consumers from one day to another, or ceased to: conditions that join no others. */
async function reasons(
  context: Context,
  stored: StoredAudience,
  consumers: readonly number[],
  [before, on]: readonly [string, string],
): Promise<AudienceMove[]> {
  const rule = readRule(JSON.parse(stored.rule));
  const [then, now] = [
    await held(context, stored, rule, consumers, before),
    await held(context, stored, rule, consumers, on),
  ];
  return consumers.map((consumer) => {
    const why = now.conditions.flatMap((condition, i) => {
      const [was, is] = [then.holds(consumer, i), now.holds(consumer, i)];
      if (was === is) return [];
      const place = condition.place.map((step) => (typeof step === 'number' ? step : String(step)));
      return [{ place, sentence: sentenceOf(condition.rule), holds: is }];
    });
    return { consumer, why };
  });
}

interface Held {
  readonly conditions: readonly Condition[];
  holds(consumer: number, condition: number): boolean;
}

async function held(
  context: Context,
  { rules, name }: StoredAudience,
  rule: Rule,
  consumers: readonly number[],
  on: string,
): Promise<Held> {
  const only = sql`consumer IN ${[...consumers]}`;
  const asked = await askedOf(context, { rule, rules, within: [name] }, on);
  const plan = new Plan(on, only);
  const conditions = conditionsOf(rule, { ...asked, only }, plan).filter(({ rule: part }) => part.parts.length === 0);
  const flags = conditions.map(({ flag }) => flag);
  const rows = await context.warehouse.rows<{ consumer: number; holds: number[] }>(holding(flags, plan), CAPS);
  const known = new Map(rows.map((row) => [row.consumer, new Set(row.holds)]));
  return {
    conditions,
    holds: (consumer, i) => known.get(consumer)?.has(i) ?? flags[i]?.empty ?? false,
  };
}
