import type { Context } from '../../intake/context.ts';
import { type AsOf, active } from '../../lookalike/facts.ts';
import type { Feature } from '../../lookalike/feature.ts';
import { featuresOf } from '../../lookalike/measure.ts';
import { FOLDS, type Sampled } from '../../lookalike/model.ts';
import { type Fragment, sql, whole } from '../../warehouse/sql.ts';
import { CAPS } from '../asking.ts';

/** Most seeds, and most others, that a model is made of. */
const MOST = 30_000;
/** How many there are of each kind by the day of the features. */
export interface Sizes {
  readonly seeds: number;
  /** Seeds of whom nothing had happened yet. */
  readonly cold: number;
  readonly others: number;
}

/** Draws those a model is made of, seeds and others each by a hash, from all who can be scored; says how many there are. */
export async function draw({ warehouse }: Context, model: number, seeds: Fragment, asOf: AsOf): Promise<Sizes> {
  const everybody = sql`(SELECT consumer, toUInt8(consumer IN (${seeds})) AS seed FROM ${active(asOf)})`;
  await warehouse.run(sql`INSERT INTO lookalike_sample (model, consumer, seed, fold)
    SELECT toUInt32(${model}), consumer, seed, toUInt8(sipHash64('fold', consumer) % ${FOLDS})
    FROM ${everybody} ORDER BY sipHash64('drawn', consumer) LIMIT ${MOST} BY seed`);
  const [row] = await warehouse.rows<{ seeds: number; all: number; given: number }>(
    sql`SELECT countIf(seed = 1) AS seeds, count() AS all, (SELECT count() FROM (${seeds})) AS given FROM ${everybody}`,
    CAPS,
  );
  const { seeds: warm, all, given } = row ?? { seeds: 0, all: 0, given: 0 };
  return { seeds: warm, cold: given - warm, others: all - warm };
}

/** The drawn ones with their features. */
export async function drawn(
  { warehouse }: Context,
  model: number,
  features: readonly Feature[],
  asOf: AsOf,
): Promise<Sampled[]> {
  const which = sql`consumer IN (SELECT consumer FROM ${whole('lookalike_sample')} WHERE model = ${model})`;
  const rows = await warehouse.rows<{ seed: number; fold: number; x: number[] }>(
    sql`SELECT s.seed AS seed, s.fold AS fold, f.x AS x
      FROM (SELECT * FROM lookalike_sample WHERE model = ${model}) AS s
      INNER JOIN ${featuresOf(features, asOf, which)} AS f ON f.consumer = s.consumer ORDER BY s.consumer`,
    CAPS,
  );
  return rows.map(({ seed, fold, x }) => ({ isSeed: seed === 1, fold, x }));
}

export async function forgetSample({ warehouse }: Context, model: number): Promise<void> {
  await warehouse.run(sql`DELETE FROM lookalike_sample WHERE model = ${model}`);
}
