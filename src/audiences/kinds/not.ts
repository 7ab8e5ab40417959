import { z } from 'zod';
import { sql } from '../../warehouse/sql.ts';
import { defineKind } from '../rule.ts';

/** Holds for every consumer of the home for whom its rule does not hold. */
export const not = defineKind<unknown>({
  name: 'not',
  schema: z.unknown(),
  example: '{"not": RULE}',
  parts: (body) => [{ place: [], rule: body }],
  flag: (_body, _asking, parts) => {
    const [{ test, empty } = { test: sql`0`, empty: false }] = parts;
    return { test: sql`NOT (${test})`, empty: !empty };
  },
  sentence: (_body, [inner = { zh: '', en: '' }]) => ({ zh: `不满足「${inner.zh}」`, en: `not (${inner.en})` }),
});
