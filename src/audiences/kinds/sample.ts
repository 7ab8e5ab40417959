import { z } from 'zod';
import { people } from '../../identity/people.ts';
import { sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';

const body = z.strictObject({ percent: z.number().positive().max(100), seed: z.string().max(100).default('') });

/** Parts of a percent that a sample is drawn by. */
const PARTS = 1_000_000;

/**
 * A random part of all consumers that stays the same from day to day: by a hash of the seed and a card of each, so that
 * it does not move when consumers are numbered anew. A greater percentage under the same seed takes the smaller one in.
 */
export const sample = defineKind<z.output<typeof body>>({
  name: 'sample',
  schema: body,
  example: '{"sample": {"percent": 10, "seed": "spring"}}',
  flag: ({ percent, seed }, { plan }) =>
    measured(
      plan.amongAll(sql`SELECT consumer FROM ${people} WHERE consumer != 0 GROUP BY consumer
        HAVING sipHash64(${seed}, min(who)) % ${PARTS} < ${Math.round((percent * PARTS) / 100)}`),
      { min: 1 },
    ),
  sentence: ({ percent, seed }) => ({
    zh: `随机 ${percent}%${seed && `（种子「${seed}」）`}`,
    en: `a random ${percent} %${seed && ` (seed ${seed})`}`,
  }),
});
