import { z } from 'zod';
import { InputError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { people } from '../../identity/people.ts';
import { scores } from '../../lookalike/measure.ts';
import { type Fragment, sql } from '../../warehouse/sql.ts';
import type { Asking, KnownLookalike } from '../asking.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';

const body = z.strictObject({ model: z.int().min(1), top: z.int().min(1).max(1_000_000_000) });

/** The first by score as of the day asked, but for those a model leaves out; of level ones the same every time. */
function first({ model, lens }: KnownLookalike, number: number, top: number, on: string): Fragment {
  const out = sql`SELECT consumer FROM ${people} WHERE who IN (SELECT who FROM lookalike_out WHERE model = ${number})`;
  return sql`SELECT consumer FROM ${scores(model.features, model, { on, lens })} WHERE consumer NOT IN (${out})
    ORDER BY score DESC, sipHash64(consumer) LIMIT ${top}`;
}

function knownTo({ lookalikes, on }: Asking, model: number): KnownLookalike {
  const known = lookalikes?.get(model);
  if (!known) throw new NotFoundError('lookalike', say('lookalike.none', { id: model }));
  // Note: a model has learned from all days up to its own, so that an earlier one would be foretold.
  if (on < known.on) throw new InputError('lookalike_day', say('lookalike.day', { id: model, from: known.on, on }));
  return known;
}

/** Of those outside the seed the most like it, by a lookalike model and their facts as of the day asked. */
export const lookalike = defineKind<z.infer<typeof body>>({
  name: 'lookalike',
  schema: body,
  example: '{"lookalike": {"model": 1, "top": 10000}}',
  isRelative: true,
  flag: ({ model, top }, asking) =>
    measured(asking.plan.amongAll(first(knownTo(asking, model), model, top, asking.on)), { min: 1 }),
  sentence: ({ model, top }) => ({
    zh: `相似模型 ${model} 的前 ${top} 人`,
    en: `the ${top} most like the seed of lookalike ${model}`,
  }),
});
