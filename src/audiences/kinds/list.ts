import { z } from 'zod';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { people } from '../../identity/people.ts';
import { sql } from '../../warehouse/sql.ts';
import { measured } from '../range.ts';
import { defineKind } from '../rule.ts';

/** Has an identifier of an uploaded list: whoever it belongs to when it is asked. */
export const list = defineKind<string>({
  name: 'list',
  schema: z.string().min(1).max(200),
  example: '{"list": "NAME"}',
  flag: (name, { plan, lists }) => {
    const known = lists?.get(name);
    if (known === undefined) throw new NotFoundError('list', say('list.none', { name }));
    const those = sql`SELECT DISTINCT consumer FROM ${people} WHERE consumer != 0
      AND who IN (SELECT ident FROM list_idents WHERE list = ${known})`;
    return measured(plan.amongAll(those), { min: 1 });
  },
  sentence: (name) => ({ zh: `在名单「${name}」中`, en: `in the list ${name}` }),
});
