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
  return sql`if(sealed = '' AND plain = '', '',
    multiIf(form = 'plain', plain, form = 'md5', lower(hex(${md5})), lower(hex(${sha256}))))`;
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
export async function plannedBatch(
  { warehouse, keys }: Context,
  { push, run }: RunOf,
  batch: number,
): Promise<PlannedBatch | undefined> {
  const rows = await warehouse.rows<PlannedRow>(sql`SELECT seq, operation, type, form, ${outgoing(keys.digest)} AS value
    FROM push_log FINAL WHERE push = ${push} AND run = ${run} AND batch = ${batch} AND state = 'planned' ORDER BY seq`);
  const [first] = rows;
  if (!first) return undefined;
  const { operation, type, form } = first;
  const values = rows.map(({ value }) => value);
  return { batch: { operation, identifier: { type, form }, values }, seqs: rows.map(({ seq }) => seq) };
}

const columns = sql`push, run, seq, batch, who, ident, type, form, operation`;

/** Notes what came of the records of a batch: those named were refused, each for its reason; the rest have `state`. */
export async function noteRecords(
  { warehouse, now }: Context,
  { push, run }: RunOf,
  batch: number,
  came: {
    readonly state: 'delivered' | 'refused' | 'unsure';
    readonly reason: string;
    readonly refused: ReadonlyMap<number, string>;
  },
): Promise<void> {
  const seqs = [...came.refused.keys()];
  const reasons = [...came.refused.values()];
  const named = seqs.length === 0 ? sql`0` : sql`has(${seqs}, toInt64(seq))`;
  await warehouse.run(sql`INSERT INTO push_log (${columns}, state, reason, sealed, plain, at, version)
    SELECT ${columns}, if(${named}, 'refused', ${came.state}),
      ${seqs.length === 0 ? sql`${came.reason}` : sql`if(${named}, arrayElement(${reasons}, indexOf(${seqs}, toInt64(seq))), ${came.reason})`},
      sealed, plain, parseDateTime64BestEffort(${now()}, 3, 'UTC'), 1
    FROM push_log FINAL WHERE push = ${push} AND run = ${run} AND batch = ${batch} AND state = 'planned'`);
}

/**
 * Takes out of what is still to be added whoever may not be sent to any more. Of the batch that was under way when the
 * run was cut short the destination may have everything already: its records become unsure, and are taken back next.
 */
export async function closeAgain(
  { warehouse, now }: Context,
  { push, run }: RunOf,
  { done, purpose }: { readonly done: number; readonly purpose: string | null },
): Promise<void> {
  await warehouse.run(sql`INSERT INTO push_log (${columns}, state, reason, sealed, plain, at, version)
    SELECT ${columns}, if(batch = ${done + 1}, 'unsure', 'consent'), 'withdrawn', sealed, plain,
      parseDateTime64BestEffort(${now()}, 3, 'UTC'), 1
    FROM push_log FINAL WHERE push = ${push} AND run = ${run} AND operation = 'add' AND state = 'planned'
      AND (who IN (${closedCards(purpose)}) OR who NOT IN (SELECT who FROM ${people}))`);
}
