import { z } from 'zod';
import { InputError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { sql } from '../../warehouse/sql.ts';
import { assigned } from '../crowds/assigned.ts';
import { UNKNOWN } from '../crowds/taxonomy.ts';
import { defineKind } from '../rule.ts';
import { listText } from '../where.ts';

const body = z.strictObject({
  taxonomy: z.string().min(1).max(60),
  in: z.array(z.string().min(1).max(60)).min(1).max(60),
});

/** In one of these crowds of a taxonomy: the first of its crowds that takes the consumer; `unknown` is none of them. */
export const crowd = defineKind<z.infer<typeof body>>({
  name: 'crowd',
  schema: body,
  example: '{"crowd": {"taxonomy": "eight", "in": ["z_era"]}}',
  isRelative: true,
  flag: ({ taxonomy, in: held }, asking) => {
    const found = asking.crowds?.get(taxonomy);
    if (!found) throw new NotFoundError('crowds', say('crowds.none', { name: taxonomy }));
    const ids = [UNKNOWN, ...found.crowds.map(({ id }) => id)];
    const wrong = held.find((id) => !ids.includes(id));
    if (wrong !== undefined)
      throw new InputError('crowd', say('crowd.none', { id: wrong, name: taxonomy, known: ids.join(', ') }));
    const places = held.map((id) => ids.indexOf(id));
    const { place, empty } = assigned(found, asking);
    return { test: sql`${place} IN ${places}`, empty: places.includes(empty) };
  },
  sentence: ({ taxonomy, in: held }) => {
    const { zh, en } = listText(held);
    return { zh: `属 ${taxonomy} 人群 ${zh}`, en: `in the crowd ${en} of ${taxonomy}` };
  },
});
