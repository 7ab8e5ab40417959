import type { AudienceAge, AudienceDecay, AudienceDecayQuestion } from '../../api/audiences.ts';
import { bitmapsKept } from '../../audiences/kept.ts';
import { addDays } from '../../base/day.ts';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { wilson } from '../../base/statistics.ts';
import type { Context } from '../../intake/context.ts';
import { BLOCK, membersKept } from '../../model/membersKept.ts';
import { paidLines } from '../../model/paid.ts';
import { as, type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';
import { CAPS } from '../asking.ts';
import type { KeptDay } from './days.ts';
import { firstDayOf } from './firstDay.ts';
import { dynamic } from './history.ts';
import { dayOf, upToDate } from './members.ts';

/** Ages that one request looks at, and the greatest of them in days. */
const MOST_AGES = 12;
const OLDEST = 3650;
const USUAL_AGES = [7, 14, 30, 60, 90];

/**
 * How long an audience stays what it was: of its members some days before, how many are members still, and how many bought
 * since. Ages before the first day it can be asked for are not told.
 */
export function audienceDecay(context: Context, which: number, asked: AudienceDecayQuestion): Promise<AudienceDecay> {
  return context.gate.shared(async () => {
    const stored = await dynamic(context, which);
    const ages = agesOf(asked.ages);
    const now = await upToDate(context, stored, { on: asked.on ?? (await dayOf(context, stored)) });
    const told: AudienceAge[] = [];
    const first = (await firstDayOf(context, stored)) ?? '';
    for (const age of ages.filter((each) => addDays(now.on, -each) >= first)) {
      const was = await upToDate(context, stored, { on: addDays(now.on, -age) });
      told.push({ age, on: was.on, ...(await since(context, was, now)) });
    }
    return { on: now.on, consumers: now.consumers, ages: told };
  });
}

/** Ages as they are written, `7,30`: each once, the youngest first. */
function agesOf(given: string | undefined): number[] {
  if (given === undefined) return USUAL_AGES;
  const ages = [...new Set(given.split(',').map((each) => Number(each.trim() || Number.NaN)))];
  const isRight = ages.length <= MOST_AGES && ages.every((age) => Number.isInteger(age) && age >= 1 && age <= OLDEST);
  if (!isRight)
    throw new InputError('audience_decay', say('audience.decay', { ages: given, most: MOST_AGES, oldest: OLDEST }));
  return ages.sort((a, b) => a - b);
}

/** What has become of the members of a day by a later one. */
async function since({ warehouse }: Context, was: KeptDay, now: KeptDay): Promise<Omit<AudienceAge, 'age' | 'on'>> {
  const kinds = [bitmapsKept(was.run), bitmapsKept(now.run), buyers(was, now.on)];
  const [then, later, bought] = kinds.map((_, kind) => sql`groupBitmapOrStateIf(members, kind = ${kind})`);
  const rows = kinds.map((of, kind) => sql`SELECT toUInt8(${kind}) AS kind, block, members FROM (${of})`);
  const blocks = perConsumer(sql`SELECT block, ${then} AS was, ${later} AS now, ${bought} AS bought
    FROM (${rows[0]} UNION ALL ${rows[1]} UNION ALL ${rows[2]}) GROUP BY block`);
  const [row] = await warehouse.rows<{ members: number; stayed: number; bought: number }>(
    sql`SELECT sum(bitmapCardinality(was)) AS members, sum(bitmapAndCardinality(was, now)) AS stayed,
      sum(bitmapAndCardinality(was, bought)) AS bought FROM ${blocks}`,
    CAPS,
  );
  const { members = 0, stayed = 0, bought: buying = 0 } = row ?? {};
  const bounds = wilson(stayed, members);
  const share = bounds ? { rate: stayed / members, ...bounds } : { rate: null, low: null, high: null };
  return { members, stayed, ...share, bought: buying };
}

/** Members of a day with a paid line after it that still counts at the end of a later day, as bitmaps. */
function buyers(was: KeptDay, on: string): Fragment {
  const [from, to] = [as(was.on, 'Date'), as(on, 'Date')];
  return sql`SELECT intDiv(consumer, ${BLOCK}) AS block, groupBitmapState(consumer) AS members
    FROM ${paidLines({ own: [] }, sql`consumer IN (${membersKept(was.run)})`)}
    WHERE day > ${from} AND day <= ${to} AND until > toUInt16(${to}) GROUP BY block`;
}
