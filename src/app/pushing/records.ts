import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { formsOf, type Planning } from './members.ts';
import { maybeStanding, surelyStanding } from './standing.ts';

/** Identifiers of one part that are to stand at the destination: `ident`, `type`, `form`, and the card `who` of its consumer. */
function wanted({ push, run, parts }: Planning, part: number): Fragment {
  const { types, forms } = formsOf(push);
  return sql`SELECT c.who AS who, i.ident AS ident, i.type AS type, f.form AS form
    FROM (SELECT who, consumer FROM ${people} WHERE who % ${parts} = ${part} AND consumer != 0) AS p
    INNER JOIN (SELECT DISTINCT ident, type FROM identifiers WHERE type IN ${types} AND ident % ${parts} = ${part}) AS i ON i.ident = p.who
    INNER JOIN (SELECT consumer, who FROM push_plan WHERE run = ${run} AND state = 'send') AS c ON c.consumer = p.consumer
    INNER JOIN (SELECT tupleElement(pair, 1) AS type, tupleElement(pair, 2) AS form
      FROM (SELECT arrayJoin(arrayZip(${types}, ${forms})) AS pair)) AS f ON f.type = i.type`;
}

/** Works the differences out: what stands at the destination and is wanted no more, and what is wanted and does not stand. */
export async function findDifferences({ warehouse }: Context, planning: Planning, adds: boolean): Promise<void> {
  const { push, run, parts } = planning;
  for (let part = 0; part < parts; part += 1) {
    const which = sql`ident % ${parts} = ${part}`;
    await warehouse.run(sql`INSERT INTO push_diff (run, place, type, form, ident, who)
      SELECT toUInt32(${run}), 1, type, form, ident, who FROM (${maybeStanding(push.id, which)})
      WHERE (ident, type, form) NOT IN (SELECT ident, type, form FROM (${wanted(planning, part)}))`);
    if (!adds) continue;
    await warehouse.run(sql`INSERT INTO push_diff (run, place, type, form, ident, who)
      SELECT toUInt32(${run}), 2, type, form, ident, who FROM (${wanted(planning, part)})
      WHERE (ident, type, form) NOT IN (SELECT ident, type, form FROM (${surelyStanding(push.id, which)}))`);
  }
}

/** Records of one operation, type and form. */
interface Group extends Record<string, unknown> {
  readonly place: number;
  readonly type: string;
  readonly form: string;
  readonly records: number;
}

/** The records of a run that is being planned, group by group in the order they are sent. */
function groupsOf({ warehouse }: Context, run: number): Promise<Group[]> {
  return warehouse.rows<Group>(sql`SELECT place, toString(type) AS type, toString(form) AS form, count() AS records
    FROM push_diff WHERE run = ${run} GROUP BY place, type, form ORDER BY place, type, form`);
}

/** How much a run has to send. */
export async function recordCounts(context: Context, run: number): Promise<{ add: number; remove: number }> {
  const groups = await groupsOf(context, run);
  const of = (asked: number) =>
    groups.filter(({ place }) => place === asked).reduce((sum, { records }) => sum + records, 0);
  return { add: of(2), remove: of(1) };
}

/** Notes the records of a run in the order they are sent, in batches of one operation, type and form; gives how many batches. */
export async function planRecords(context: Context, { push, run, now }: Planning, size: number): Promise<number> {
  let [start, batches] = [0, 0];
  const groups = (await groupsOf(context, run)).map(({ place, type, form, records }) => {
    const placed = { key: `${place} ${type} ${form}`, start, first: batches + 1 };
    start += records;
    batches += Math.ceil(records / size);
    return placed;
  });
  if (groups.length === 0) return 0;
  const [keys, starts, firsts] = [groups.map((g) => g.key), groups.map((g) => g.start), groups.map((g) => g.first)];
  await context.warehouse.run(sql`INSERT INTO push_log
      (push, run, seq, batch, who, ident, type, form, operation, state, reason, sealed, plain, at, version)
    SELECT toUInt32(${push.id}), toUInt32(${run}), nth + 1,
      toUInt32(arrayElement(${firsts}, group) + intDiv(toInt64(nth) - arrayElement(${starts}, group), ${size})),
      who, ident, type, form, if(place = 1, 'remove', 'add'), 'planned', '', '', '',
      parseDateTime64BestEffort(${now}, 3, 'UTC'), 0
    FROM (SELECT rowNumberInAllBlocks() AS nth, place, type, form, ident, who,
        indexOf(${keys}, concat(toString(place), ' ', type, ' ', form)) AS group
      FROM (SELECT place, type, form, ident, who FROM push_diff WHERE run = ${run} ORDER BY place, type, form, ident))`);
  return batches;
}

/** Notes of whom nothing is sent, and why, where it was not noted before. */
export async function planTraces({ warehouse }: Context, { push, run, now }: Planning): Promise<void> {
  const kept = sql`SELECT who, state FROM push_plan WHERE run = ${run} AND state != 'send'`;
  await warehouse.run(sql`INSERT INTO push_log
      (push, run, seq, batch, who, ident, type, form, operation, state, reason, sealed, plain, at, version)
    SELECT toUInt32(${push.id}), toUInt32(${run}),
      (SELECT count() FROM push_diff WHERE run = ${run}) + rowNumberInAllBlocks() + 1,
      0, who, 0, '', '', 'none', state, '', '', '', parseDateTime64BestEffort(${now}, 3, 'UTC'), 0
    FROM (SELECT who, state FROM (${kept}) WHERE (who, state) NOT IN (
      SELECT who, argMax(toString(state), tuple(run, seq)) FROM push_log FINAL
      WHERE push = ${push.id} AND run != ${run} AND who IN (SELECT who FROM (${kept})) GROUP BY who) ORDER BY who)`);
}

/** Whether anything may stand at the destination. */
export async function isStanding({ warehouse }: Context, push: number): Promise<boolean> {
  const rows = await warehouse.rows(sql`SELECT 1 AS some FROM (${maybeStanding(push)}) LIMIT 1`);
  return rows.length > 0;
}

/** Forgets the records of a run whose plan was cut short. */
export async function forgetRecords({ warehouse }: Context, push: number, run: number): Promise<void> {
  await warehouse.run(sql`DELETE FROM push_log WHERE push = ${push} AND run = ${run}`);
}
