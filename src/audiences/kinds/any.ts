import type { z } from 'zod';
import { join, sql } from '../../warehouse/sql.ts';
import { defineKind } from '../rule.ts';
import { joinedText, rules, rulesIn } from './joined.ts';

/** Holds where at least one of its rules holds; without any, for nobody. */
export const any = defineKind<z.infer<typeof rules>>({
  name: 'any',
  schema: rules,
  example: '{"any": [RULE, ...]}',
  parts: rulesIn,
  flag: (_body, _asking, parts) => {
    if (parts.length === 0) return { test: sql`0`, empty: false };
    const tests = parts.map(({ test }) => sql`(${test})`);
    return { test: join(tests, ' OR '), empty: parts.some(({ empty }) => empty) };
  },
  sentence: (_body, parts) => joinedText(parts, { zh: '或', en: 'or' }, { zh: '没有人', en: 'nobody' }),
});
