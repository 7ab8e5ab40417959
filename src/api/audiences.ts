import { z } from 'zod';
import { dayText, moment, text } from './common.ts';

/** Dynamic: found anew from its rule; static: its members are those of the day it was made. */
export const audienceKinds = ['dynamic', 'static'] as const;
export type AudienceKind = (typeof audienceKinds)[number];

const name = z.string().trim().min(1).max(200);

/** A rule as JSON; its form is told by docs/audiences.md, and every fault by its place. */
export const audienceRule = z.record(z.string(), z.unknown());

export const audience = z.object({
  id: z.int(),
  name: z.string(),
  kind: z.enum(audienceKinds),
  /** Members when they were last found, and for which day; null before that. */
  consumers: z.int().nullable(),
  on: dayText.nullable(),
  /** The day its windows end on unless another is given; null is the last day the data have. */
  fixed_on: dayText.nullable(),
  /** Rule set of its stages, `name@version`. */
  rules: z.string(),
  created_at: moment,
  created_by: z.string(),
});
export type Audience = z.infer<typeof audience>;

/** An audience with its rule, as data and as a sentence. */
export const audienceShown = audience.extend({ rule: audienceRule, sentence: text });
export type AudienceShown = z.infer<typeof audienceShown>;

export const newAudience = z.strictObject({
  name,
  rule: audienceRule,
  on: dayText.optional(),
  kind: z.enum(audienceKinds).default('dynamic'),
});
export type NewAudience = z.input<typeof newAudience>;

/** A rule, or the name of an audience, and the day at whose end it is asked. */
export const audienceCountQuestion = z.union([
  z.strictObject({ rule: audienceRule, on: dayText.optional() }),
  z.strictObject({ name, on: dayText.optional() }),
]);
export type AudienceCountQuestion = z.infer<typeof audienceCountQuestion>;

export const audienceCount = z.object({ consumers: z.int(), on: dayText });
export type AudienceCount = z.infer<typeof audienceCount>;

export const audienceExport = z.strictObject({
  on: dayText.optional(),
  limit: z.int().min(1).max(100_000).default(10_000).describe('consumers of this page'),
  after: z.int().min(0).default(0).describe('consumers after this one'),
});

/** A member's own identifier; of a personal one the keyed hash. */
export const memberIdentifier = z.object({ consumer: z.int(), type: z.string(), value: z.string() });
export type MemberIdentifier = z.infer<typeof memberIdentifier>;

export const memberPage = z.object({
  on: dayText,
  members: z.array(memberIdentifier),
  /** The last consumer of the page, where more follow. */
  next: z.int().optional(),
});
export type MemberPage = z.infer<typeof memberPage>;
