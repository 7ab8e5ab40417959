import type { Lens } from '../lifecycle/kept.ts';
import { spansWithin } from '../lifecycle/kept.ts';
import { joinedOn } from '../model/members.ts';
import { netAmount, paidLines } from '../model/paid.ts';
import { as, type Fragment, own, perConsumer, sql } from '../warehouse/sql.ts';
import type { Source } from './feature.ts';

/** The end of a day, and how stages are told: nothing later is looked at. */
export interface AsOf {
  readonly on: string;
  readonly lens: Lens;
}

/** Rows of a source that were known at the end of a day, of the consumers a test on `consumer` takes. Profiles have no day. */
export function rowsOf(source: Source, { on, lens }: AsOf, which: Fragment): Fragment {
  const day = sql`${as(on, 'Date')}`;
  return {
    events: sql`(SELECT * FROM ${own('events')} WHERE consumer != 0 AND day <= ${day} AND ${which})`,
    paid: sql`(SELECT *, ${netAmount(day)} AS net FROM ${paidLines({ own: [] }, which)}
      WHERE day <= ${day} AND until > toUInt16(${day}))`,
    members: sql`(SELECT * FROM ${joinedOn(day)} WHERE ${which})`,
    stages: sql`(SELECT * FROM ${spansWithin(lens, on, on)} WHERE ${which})`,
    profiles: sql`(SELECT * FROM ${own('profiles')} WHERE consumer != 0 AND ${which})`,
  }[source];
}

/** Consumers of whom anything had happened by the end of a day, one row each: who can be scored. */
export function active(asOf: AsOf): Fragment {
  const consumers = (source: Source) => sql`SELECT consumer FROM ${rowsOf(source, asOf, sql`1`)}`;
  return perConsumer(
    sql`SELECT DISTINCT consumer FROM (${consumers('events')} UNION ALL ${consumers('paid')} UNION ALL ${consumers('members')})`,
  );
}
