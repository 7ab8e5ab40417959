import type { Batch } from '../../destinations/destination.ts';
import { people } from '../../identity/people.ts';
import type { Context } from '../../intake/context.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import { closedCards } from './gates.ts';

/** A run of a push, by their numbers. */
export interface RunOf {
  readonly push: number;
  readonly run: number;
}

/**
 * What leaves the home of a record (`sealed`, `plain`, `form`): the digest in lower-case hex, or the value as it is; empty
 * where there is none any more.
 */
export function outgoing(digestKey: string): Fragment {
  const digests = sql`ifNull(tryDecrypt('aes-256-gcm', substring(sealed, 13), unhex(${digestKey}), substring(sealed, 1, 12)), '')`;
  const md5 = sql`if(plain != '', MD5(plain), toFixedString(substring(${digests}, 1, 16), 16))`;
  const sha256 = sql`if(plain != '', SHA256(plain), toFixedString(substring(${digests}, 17, 32), 32))`;
  return sql`multiIf(plain = '' AND ${digests} = '', '', form = 'plain', plain,
    form = 'md5', lower(hex(${md5})), lower(hex(${sha256})))`;
}

/** Columns of a record that never change. */
const fixed = sql`push, run, seq, batch, who, ident, type, form, operation`;

/**
 * Records of a batch that are still to be sent, with their values: `sealed` where the type is personal, else `plain`. Of
 * who is gone from the home, the value is that of an earlier delivery.
 */
function valued({ keys }: Context, { push, run }: RunOf, batch: number): Fragment {
  const personal = Object.entries(keys.identity.types).flatMap(([type, { personal: is }]) => (is ? [type] : []));
  const records = sql`SELECT ${fixed} FROM push_log FINAL
    WHERE push = ${push} AND run = ${run} AND batch = ${batch} AND state = 'planned'`;
  const idents = sql`SELECT ident FROM (${records})`;
  return sql`(SELECT ${fixed}, if(d.sealed != '', d.sealed, e.sealed) AS sealed, if(i.plain != '', i.plain, e.plain) AS plain
    FROM (${records}) AS l
    LEFT JOIN (SELECT ident, any(sealed) AS sealed FROM digests WHERE ident IN (${idents}) GROUP BY ident) AS d USING (ident)
    LEFT JOIN (SELECT ident, any(value) AS plain FROM identifiers
      WHERE ident IN (${idents}) AND type NOT IN ${personal} GROUP BY ident) AS i USING (ident)
    LEFT JOIN (SELECT ident, max(sealed) AS sealed, max(plain) AS plain FROM push_log
      WHERE push = ${push} AND operation = 'add' AND version > 0 AND ident IN (${idents}) GROUP BY ident) AS e USING (ident))`;
}

/** A batch of a run as it lies in the log: its records in order, and what they have in common. */
export interface PlannedBatch {
  readonly batch: Pick<Batch, 'operation' | 'identifier' | 'values'>;
  readonly seqs: readonly number[];
}

interface PlannedRow extends Record<string, unknown> {
  readonly seq: number;
  readonly operation: Batch['operation'];
  readonly type: string;
  readonly form: Batch['identifier']['form'];
  readonly value: string;
}

/** The records of a batch that are still to be sent; undefined where none is left. */
export async function plannedBatch(context: Context, of: RunOf, batch: number): Promise<PlannedBatch | undefined> {
  const { warehouse, keys } = context;
  const rows = await warehouse.rows<PlannedRow>(
    sql`SELECT seq, operation, type, form, ${outgoing(keys.digest)} AS value FROM ${valued(context, of, batch)} ORDER BY seq`,
  );
  const [first] = rows;
  if (!first) return undefined;
  const { operation, type, form } = first;
  const values = rows.map(({ value }) => value);
  return { batch: { operation, identifier: { type, form }, values }, seqs: rows.map(({ seq }) => seq) };
}

/** What came of the records of a batch: those named were refused, each for its reason; the rest have `state`. */
export interface Came {
  readonly state: 'delivered' | 'refused' | 'unsure';
  readonly reason: string;
  readonly refused: ReadonlyMap<number, string>;
}

/** Refused records that are named in one statement. */
const NAMED = 1000;

/**
 * Notes what came of a batch. What was sent is kept sealed, so that it can be taken back when its source is gone; what
 * had no value any more was not sent, and is refused.
 */
export async function noteRecords(context: Context, of: RunOf, batch: number, came: Came): Promise<void> {
  const { warehouse, keys, now } = context;
  const note = (state: Fragment, reason: Fragment, which: Fragment) =>
    warehouse.run(sql`INSERT INTO push_log (${fixed}, state, reason, sealed, plain, at, version)
      SELECT ${fixed}, ${state}, ${reason}, sealed, plain, parseDateTime64BestEffort(${now()}, 3, 'UTC'), 1
      FROM ${valued(context, of, batch)} WHERE ${which}`);
  const refused = [...came.refused];
  for (let from = 0; from < refused.length; from += NAMED) {
    const some = refused.slice(from, from + NAMED);
    const [seqs, reasons] = [some.map(([seq]) => seq), some.map(([, reason]) => reason)];
    await note(sql`'refused'`, sql`transform(toInt64(seq), ${seqs}, ${reasons}, '')`, sql`seq IN ${seqs}`);
  }
  const isGone = sql`${outgoing(keys.digest)} = ''`;
  await note(sql`if(${isGone}, 'refused', ${came.state})`, sql`if(${isGone}, 'no value', ${came.reason})`, sql`1`);
}

/**
 * Takes out of what is still to be added whoever may not be sent to any more. Of the batch that was under way when the
 * run was cut short the destination may have everything already: its records become unsure, and are taken back next.
 */
export async function closeAgain(
  context: Context,
  of: RunOf,
  { done, purpose }: { readonly done: number; readonly purpose: string | null },
): Promise<void> {
  const { warehouse, now } = context;
  const isClosed = sql`operation = 'add' AND (who IN (${closedCards(purpose)}) OR who NOT IN (SELECT who FROM ${people}))`;
  const note = (state: string, from: Fragment, values: Fragment) =>
    warehouse.run(sql`INSERT INTO push_log (${fixed}, state, reason, sealed, plain, at, version)
      SELECT ${fixed}, ${state}, 'withdrawn', ${values}, parseDateTime64BestEffort(${now()}, 3, 'UTC'), 1
      FROM ${from} WHERE ${isClosed}`);
  await note('unsure', valued(context, of, done + 1), sql`sealed, plain`);
  const rest = sql`(SELECT ${fixed} FROM push_log FINAL
    WHERE push = ${of.push} AND run = ${of.run} AND batch > ${done + 1} AND state = 'planned')`;
  await note('consent', rest, sql`'', ''`);
}
