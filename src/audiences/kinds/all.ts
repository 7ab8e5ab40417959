import type { z } from 'zod';
import { every } from '../range.ts';
import { defineKind } from '../rule.ts';
import { joinedText, rules, rulesIn } from './joined.ts';

/** Holds where all of its rules hold; without any, for everybody. */
export const all = defineKind<z.infer<typeof rules>>({
  name: 'all',
  schema: rules,
  example: '{"all": [RULE, ...]}',
  parts: rulesIn,
  flag: (_body, _asking, parts) => every(parts),
  sentence: (_body, parts) => joinedText(parts, { zh: '且', en: 'and' }, { zh: '所有消费者', en: 'everybody' }),
});
