import { z } from 'zod';
import { dayText, moment, text } from './common.ts';

const audienceName = z.string().trim().min(1).max(200);
const share = z.number().min(0).max(1);

/** A seed to be made greater. */
export const newLookalike = z.strictObject({
  seed: audienceName.describe('the audience to find more like'),
  on: dayText.optional().describe('day at whose end the seed is looked at; absent, the last day the data have'),
  ahead: z
    .int()
    .min(0)
    .max(366)
    .default(0)
    .describe(
      'days before it at whose end the model looks at everybody: what happened since is what it learns to foretell',
    ),
  exclude: z.array(audienceName).max(50).default([]).describe('audiences that are never proposed'),
});
export type NewLookalike = z.input<typeof newLookalike>;

/** What a model is worth, by consumers that it was not trained on. */
export const lookalikeReport = z.object({
  trained: z.int(),
  held_out: z.int(),
  held_out_seeds: z.int(),
  auc: z.object({ auc: share, low: share, high: share }),
  /** False where the interval of the AUC reaches 0.5: the seed cannot be told from the rest. */
  signal: z.boolean(),
  lift: z.array(z.object({ part: share, lift: z.number() })),
  calibration: z.array(z.object({ predicted: share, found: share, consumers: z.number() })),
  labelled: share,
  curve: z.array(z.object({ part: share, consumers: z.int(), caught: share, density: share, alike: share })),
  /** What tells the seed apart; `data` are the words of the home's own data that stand in it, in quotes. */
  features: z.array(text.extend({ data: z.array(z.string()).default([]), weight: z.number() })),
});

export const lookalike = z.object({
  id: z.int(),
  seed: z.string(),
  on: dayText,
  features_on: dayText,
  rules: z.string(),
  exclude: z.array(z.string()),
  /** Seeds with facts by the features' day, seeds without any, and all others with some. */
  seeds: z.int(),
  cold: z.int(),
  others: z.int(),
  report: lookalikeReport,
  created_at: moment,
  created_by: z.string(),
});
export type Lookalike = z.infer<typeof lookalike>;
