import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { type Planning, sendable } from './members.ts';
import { maybeStanding, surelyStanding } from './standing.ts';

/** Identifiers of the consumers that are sent, with the card that stands for each. */
function wanted(planning: Planning): Fragment {
  const sent = sql`SELECT consumer, who FROM push_plan WHERE run = ${planning.run} AND state = 'send'`;
  return sql`SELECT c.who AS who, w.ident AS ident, w.type AS type, w.form AS form, w.plain AS plain, w.sealed AS sealed
    FROM (${sendable(planning, sql`SELECT consumer FROM (${sent})`)}) AS w
    INNER JOIN (${sent}) AS c ON c.consumer = w.consumer`;
}

/** The differences: what stands at the destination and is wanted no more is taken back, then what is wanted is added. */
function differences(planning: Planning, adds: boolean): Fragment {
  const { push } = planning;
  const columns = sql`who, ident, type, form, plain, sealed`;
  const removes = sql`SELECT 1 AS place, 'remove' AS operation, ${columns} FROM (${maybeStanding(push.id)})
    WHERE (ident, type, form) NOT IN (SELECT ident, type, form FROM (${wanted(planning)}))`;
  if (!adds) return removes;
  return sql`${removes} UNION ALL SELECT 2 AS place, 'add' AS operation, ${columns} FROM (${wanted(planning)})
    WHERE (ident, type, form) NOT IN (SELECT ident, type, form FROM (${surelyStanding(push.id)}))`;
}

/** Notes the records of a run in the order they are sent: removals first, and batches of one operation, type and form. */
export async function planRecords(
  { warehouse }: Context,
  planning: Planning,
  { adds, size }: { readonly adds: boolean; readonly size: number },
): Promise<void> {
  const { push, run, now } = planning;
  await warehouse.run(sql`INSERT INTO push_log
      (push, run, seq, batch, who, ident, type, form, operation, state, reason, sealed, plain, at, version)
    SELECT toUInt32(${push.id}), toUInt32(${run}), row_number() OVER (ORDER BY place, type, form, ident),
      dense_rank() OVER (ORDER BY place, type, form, part), who, ident, type, form, operation, 'planned', '', sealed, plain,
      parseDateTime64BestEffort(${now}, 3, 'UTC'), 0
    FROM (SELECT *, intDiv(row_number() OVER (PARTITION BY place, type, form ORDER BY ident) - 1, ${size}) AS part
      FROM (${differences(planning, adds)}))`);
}

/** Notes of whom nothing is sent, and why, where it was not noted before. */
export async function planTraces({ warehouse }: Context, { push, run, now }: Planning): Promise<void> {
  await warehouse.run(sql`INSERT INTO push_log
      (push, run, seq, batch, who, ident, type, form, operation, state, reason, sealed, plain, at, version)
    SELECT toUInt32(${push.id}), toUInt32(${run}),
      (SELECT count() FROM push_log FINAL WHERE push = ${push.id} AND run = ${run}) + row_number() OVER (ORDER BY who),
      0, who, 0, '', '', 'none', state, '', '', '', parseDateTime64BestEffort(${now}, 3, 'UTC'), 0
    FROM push_plan WHERE run = ${run} AND state != 'send' AND (who, state) NOT IN (
      SELECT who, argMax(toString(state), tuple(run, seq)) FROM push_log FINAL WHERE push = ${push.id} AND run != ${run} GROUP BY who)`);
}

/** How much a run has to send. */
export async function recordCounts({ warehouse }: Context, push: number, run: number) {
  const [row] = await warehouse.rows<{ add: number; remove: number; batches: number }>(
    sql`SELECT countIf(operation = 'add') AS add, countIf(operation = 'remove') AS remove, max(batch) AS batches
      FROM push_log FINAL WHERE push = ${push} AND run = ${run} AND operation != 'none'`,
  );
  return row ?? { add: 0, remove: 0, batches: 0 };
}

/** How many records a run would have to send, none of them being noted. */
export async function differenceCounts({ warehouse }: Context, planning: Planning, adds: boolean) {
  const [row] = await warehouse.rows<{ add: number; remove: number }>(
    sql`SELECT countIf(operation = 'add') AS add, countIf(operation = 'remove') AS remove FROM (${differences(planning, adds)})`,
  );
  return row ?? { add: 0, remove: 0 };
}

/** Whether anything may stand at the destination. */
export async function isStanding({ warehouse }: Context, push: number): Promise<boolean> {
  const [row] = await warehouse.rows<{ some: number }>(sql`SELECT count() AS some FROM (${maybeStanding(push)})`);
  return (row?.some ?? 0) > 0;
}

/** Forgets the records of a run whose plan was cut short. */
export async function forgetRecords({ warehouse }: Context, push: number, run: number): Promise<void> {
  await warehouse.run(sql`DELETE FROM push_log WHERE push = ${push} AND run = ${run}`);
}
