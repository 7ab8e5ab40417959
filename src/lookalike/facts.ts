import type { Lens } from '../lifecycle/kept.ts';
import { spansWithin } from '../lifecycle/kept.ts';
import { joinedOn } from '../model/members.ts';
import { netAmount, paidLines } from '../model/paid.ts';
import { as, type Fragment, own, perConsumer, sql, whole } from '../warehouse/sql.ts';
import { type Source, TASTE_DAYS } from './feature.ts';

/** The end of a day, and how stages are told: nothing later is looked at. */
export interface AsOf {
  readonly on: string;
  readonly lens: Lens;
}

/** What items are of; it stands before what rows say. */
const items = sql`(SELECT item_id, max(toString(brand)) AS own_brand,
    max(if(category_id != '', toString(category_id), toString(category))) AS own_category
  FROM ${whole('items')} WHERE item_id != '' GROUP BY item_id)`;

/** Rows of a source that were known at the end of a day, of the consumers a test on `consumer` takes. Profiles have no day. */
export function rowsOf(source: Source, { on, lens }: AsOf, which: Fragment): Fragment {
  const day = sql`${as(on, 'Date')}`;
  return {
    acts: sql`(SELECT * FROM ${own('events')} WHERE consumer != 0 AND day <= ${day} AND ${which})`,
    tastes: sql`(SELECT e.consumer AS consumer, toString(e.platform) AS own_platform, toString(e.channel) AS own_channel,
        if(i.own_brand != '', i.own_brand, toString(e.brand)) AS own_brand,
        if(i.own_category != '', i.own_category, toString(e.category_id)) AS own_category
      FROM (SELECT * FROM ${own('events')}
        WHERE consumer != 0 AND day <= ${day} AND day > ${day} - ${TASTE_DAYS} AND ${which}) AS e
      LEFT JOIN ${items} AS i ON i.item_id = e.item_id)`,
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
    sql`SELECT DISTINCT consumer FROM (${consumers('acts')} UNION ALL ${consumers('paid')} UNION ALL ${consumers('members')})`,
  );
}
