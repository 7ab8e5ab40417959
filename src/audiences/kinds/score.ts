import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import type { Text } from '../../base/text.ts';
import { type RfmMeasure, rfmMeasures, rfmScoresOn } from '../../model/rfm.ts';
import { sql } from '../../warehouse/sql.ts';
import { measured, type Range, rangeText, within } from '../range.ts';
import { defineKind } from '../rule.ts';

const points = z.int().min(1).max(5);

const body = z
  .strictObject({ of: z.enum(rfmMeasures), min: points.optional(), max: points.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    message: 'give `min`, `max` or both, from 1 to 5 | 须给出 min、max 或两者，1 至 5',
  })
  .refine(({ min = 1, max = 5 }) => min <= max, {
    message: '`min` is greater than `max`: swap them | min 大于 max，请对调',
  });

/** Bounds without those that are not given. */
function defined({ min, max }: { readonly min?: number | undefined; readonly max?: number | undefined }): Range {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

const names: Readonly<Record<RfmMeasure, Text>> = {
  recency: { zh: '最近购买（R）', en: 'recency (R)' },
  frequency: { zh: '购买频次（F）', en: 'frequency (F)' },
  monetary: { zh: '消费金额（M）', en: 'monetary (M)' },
};

/** A buyer whose score from 1 to 5 is within bounds: 1 and one more for every whole fifth of the buyers of the window of RFM that is behind as of the day asked. */
export const score = defineKind<z.infer<typeof body>>({
  name: 'score',
  isRelative: true,
  schema: body,
  example: '{"score": {"of": "recency", "min": 4}}',
  flag: ({ of, ...bounds }, { plan, lens, on }) =>
    measured(
      plan.amongAll(
        sql`SELECT consumer FROM ${rfmScoresOn(on, lens, of)} WHERE ${within(sql`score`, defined(bounds))}`,
      ),
      { min: 1 },
    ),
  sentence: ({ of, ...bounds }) => {
    const [name, range] = [names[of], rangeText(defined(bounds))];
    return { zh: spaced`${name.zh}评分${range.zh}分`, en: `RFM score for ${name.en} of ${range.en}` };
  },
});
