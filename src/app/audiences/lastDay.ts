import { as, sql } from '../../warehouse/sql.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/**
 * The last day up to `today` on which anything that an audience can ask for happened; `today` where nothing did.
 * Note: the greatest `day` of a table is told by its parts, without a look at its rows.
 */
export async function lastDayOf(warehouse: Warehouse, today: string): Promise<string> {
  const [row] = await warehouse.rows<{ last: string }>(sql`SELECT toString(max(last)) AS last FROM (
    SELECT max(day) AS last FROM events
    UNION ALL SELECT max(day) FROM order_lines
    UNION ALL SELECT ifNull(max(refund_day), ${as(NO_DAY, 'Date')}) FROM order_lines
    UNION ALL SELECT max(day) FROM order_heads
    UNION ALL SELECT max(day) FROM memberships
    UNION ALL SELECT ifNull(max(quit_day), ${as(NO_DAY, 'Date')}) FROM memberships
    UNION ALL SELECT max(day) FROM reviews)`);
  const last = row?.last ?? '';
  return last > NO_DAY && last < today ? last : today;
}

/** The day of a row that has none. */
const NO_DAY = '1970-01-01';
