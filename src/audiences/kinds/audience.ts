import { z } from 'zod';
import { InputError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { sql } from '../../warehouse/sql.ts';
import { membersKept } from '../kept.ts';
import { measured } from '../range.ts';
import { defineKind, flagOf } from '../rule.ts';

/** In a saved audience: a dynamic one as of the day asked, a static one by its members. */
export const audience = defineKind<string>({
  name: 'audience',
  schema: z.string().min(1).max(200),
  example: '{"audience": "NAME"}',
  flag: (name, asking) => {
    const known = asking.audiences.get(name);
    if (!known) throw new NotFoundError('audience', say('audience.none', { name }));
    if (asking.within.includes(name))
      throw new InputError('audience_cycle', say('audience.cycle', { way: [...asking.within, name].join(' → ') }));
    if (known.run !== undefined) return measured(asking.plan.among(membersKept(known.run)), { min: 1 });
    if (!known.rule) throw new NotFoundError('audience', say('audience.none', { name }));
    const { test, empty } = flagOf(known.rule, { ...asking, lens: known.lens, within: [...asking.within, name] });
    return { test: sql`(${test})`, empty };
  },
  sentence: (name) => ({ zh: `在人群「${name}」中`, en: `in the audience ${name}` }),
});
