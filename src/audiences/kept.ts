import { people } from '../identity/people.ts';
import { type Fragment, own, sql } from '../warehouse/sql.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The members of an audience as they were found at one time: `consumer`. */
export function membersKept(run: number): Fragment {
  return sql`SELECT consumer FROM ${own('audience_members')} WHERE run = ${run}`;
}

/** Keeps the consumers of a question under the number of a run. */
export async function keepMembers(warehouse: Warehouse, run: number, members: Fragment): Promise<number> {
  await warehouse.run(
    sql`INSERT INTO audience_members (run, consumer) SELECT toUInt32(${run}), consumer FROM (${members})`,
  );
  const [row] = await warehouse.rows<{ count: number }>(
    sql`SELECT count() AS count FROM audience_members WHERE run = ${run}`,
  );
  return row?.count ?? 0;
}

/** Forgets the members of runs. */
export async function forgetRuns(warehouse: Warehouse, runs: readonly number[]): Promise<void> {
  if (runs.length === 0) return;
  await warehouse.onParts('audience_members', (part) => sql`DELETE FROM ${part} WHERE run IN ${[...runs]}`);
}

/**
 * Fixes the members of a run for good, by a card of each: whoever a card belongs to later is the member, so that people
 * who turn out to be one, or two, stay in.
 */
export async function fixMembers(warehouse: Warehouse, audience: number, run: number): Promise<void> {
  await forgetFixed(warehouse, audience);
  await warehouse.run(sql`INSERT INTO audience_cards (audience, who)
    SELECT toUInt32(${audience}), min(who) FROM ${people} WHERE consumer IN (${membersKept(run)}) GROUP BY consumer`);
}

/** The consumers that the fixed members of an audience are now. */
export function fixedMembers(audience: number): Fragment {
  return sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0
    AND who IN (SELECT who FROM audience_cards WHERE audience = ${audience})`;
}

export async function forgetFixed(warehouse: Warehouse, audience: number): Promise<void> {
  await warehouse.run(sql`DELETE FROM audience_cards WHERE audience = ${audience}`);
}

/** The members' own identifiers, one row each; those that stand for several people are nobody's own. */
export function identifiersOf(members: Fragment): Fragment {
  return sql`SELECT p.consumer AS consumer, i.type AS type, i.value AS value
    FROM (SELECT who, consumer FROM ${people} WHERE consumer IN (${members})) AS p
    INNER JOIN (SELECT ident, type, value FROM identifiers FINAL) AS i ON i.ident = p.who
    ORDER BY consumer, type, value`;
}
