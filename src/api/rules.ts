import { z } from 'zod';
import { dayText, moment, text } from './common.ts';

export const ruleKey = z.object({ key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}@\d{1,6}$/) });

export const ruleSetEntry = z.object({
  key: z.string(),
  name: z.string(),
  version: z.int(),
  origin: z.enum(['published', 'tenant', 'proposed']),
  adopted: z.boolean(),
  title: text,
  stages: z.array(z.object({ code: z.string(), title: text })),
  createdAt: moment,
});
export type RuleSetEntry = z.infer<typeof ruleSetEntry>;

/** A rule set in full; its form is checked by the product's own schema of rules. */
export const ruleSetBody = z.record(z.string(), z.unknown());

/** One leaf that differs between two sets: where, and what stands on each side. */
export const ruleChange = z.object({ path: z.string(), from: z.unknown(), to: z.unknown() });
export type RuleChange = z.infer<typeof ruleChange>;
export const ruleDiffQuery = z.object({ from: z.string(), to: z.string() });

/** What would change on a day if a set, saved or only proposed, were adopted. */
export const rulePreviewRequest = z.strictObject({ rules: z.union([z.string(), ruleSetBody]), on: dayText });
export const rulePreview = z.object({
  on: dayText,
  now: z.string(),
  /** Consumers by stage under the adopted rules (now) and under the new ones (next); a code that one lacks counts 0. */
  stages: z.array(z.object({ code: z.string(), title: text, now: z.int(), next: z.int() })),
  /** Consumers by their stage now and next; `''` is none. */
  moves: z.array(z.object({ from: z.string(), to: z.string(), consumers: z.int() })),
  changed: z.int(),
  changes: z.array(ruleChange),
});
export type RulePreview = z.infer<typeof rulePreview>;
