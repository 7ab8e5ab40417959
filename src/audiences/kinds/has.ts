import { z } from 'zod';
import { spaced } from '../../base/spaced.ts';
import { people } from '../../identity/people.ts';
import { typeWords } from '../../identity/typeWords.ts';
import { sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';
import { listText } from '../where.ts';

const body = z.strictObject({
  id: z
    .array(z.string().regex(/^[a-z0-9_]{1,50}$/))
    .min(1)
    .max(50),
});

/** Has an identifier of its own of one of these types, so that it can be reached by it; one that several people share is nobody's. */
export const has = defineKind<z.infer<typeof body>>({
  name: 'has',
  schema: body,
  example: '{"has": {"id": ["phone"]}}',
  flag: ({ id: types }, { plan }) =>
    measured(
      plan.amongAll(sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0
        AND who IN (SELECT ident FROM identifiers WHERE type IN ${types})`),
      { min: 1 },
    ),
  sentence: ({ id: types }) => {
    const { zh } = listText(types.map((each) => typeWords[each] ?? each));
    return { zh: spaced`有标识${zh}`, en: `has the identifier ${listText(types).en}` };
  },
});
