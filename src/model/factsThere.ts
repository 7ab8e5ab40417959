import { type Fragment, own, perConsumer, sql, whole } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Kinds of facts by which pieces of questions stand or fall: rows of tables with a consumer, and events by their behaviour. */
export const facts = {
  orderLines: 'order_lines',
  orderHeads: 'order_heads',
  memberships: 'memberships',
  reviews: 'reviews',
  /** Order lines of anybody, or of nobody yet. */
  anyOrderLines: 'any order_lines',
  events: (behavior: string): string => `events ${behavior}`,
  /** Payments among the events that name their order. */
  orderedPays: 'events pay, ordered',
} as const;

const tables = [facts.orderLines, facts.orderHeads, facts.memberships, facts.reviews];

/** The kinds of facts that there are of some consumers; `which` tests who they are by the column `consumer`. */
export async function factsThere(warehouse: Warehouse, which: Fragment): Promise<ReadonlySet<string>> {
  const kind = sql`arrayJoin(if(behavior = 'pay' AND order_id != '', [${facts.events('pay')}, ${facts.orderedPays}], [concat('events ', behavior)]))`;
  const behaviors = sql`SELECT DISTINCT ${kind} AS fact FROM ${own('events')} WHERE ${which}`;
  const rows = tables.map(
    (table) => sql`UNION ALL (SELECT ${table} AS fact FROM ${own(table)} WHERE ${which} LIMIT 1)`,
  );
  const some = rows.reduce((before, each) => sql`${before} ${each}`, behaviors);
  const any = sql`SELECT ${facts.anyOrderLines} AS fact FROM ${whole('order_lines')} LIMIT 1`;
  const found = await warehouse.rows<{ fact: string }>(
    sql`SELECT DISTINCT fact FROM (SELECT fact FROM ${perConsumer(some)} UNION ALL (${any}))`,
  );
  return new Set(found.map(({ fact }) => fact));
}
