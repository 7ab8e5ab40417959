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
  /** How often its rule was changed, from 1 on. */
  version: z.int(),
  /** Its rule as a sentence. */
  sentence: text,
  /** Whether its members stood behind a number when they were saved: no rule finds them again, and there is none to change. */
  from_number: z.boolean(),
  created_at: moment,
  created_by: z.string(),
});
export type Audience = z.infer<typeof audience>;

/** An audience with its rule as data. */
export const audienceShown = audience.extend({
  rule: audienceRule,
  first_day: dayText
    .nullable()
    .describe('the first day it can be asked for, where it looks at stages of a fixed day or scores by a model'),
});
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

/** What is changed of an audience: a new rule or day is a new version, a name is not. */
export const audienceChange = z.strictObject({
  name: name.optional(),
  rule: audienceRule.optional(),
  on: dayText.nullable().optional(),
});
export type AudienceChange = z.infer<typeof audienceChange>;

/** An audience as it was written once, the latest version first. */
export const audienceVersion = z.object({
  version: z.int(),
  rule: audienceRule,
  sentence: text,
  fixed_on: dayText.nullable(),
  written_at: moment,
  written_by: z.string(),
});
export type AudienceVersion = z.infer<typeof audienceVersion>;

/** The way to a condition within a rule, as keys and places: `["all", 1, "not"]`. */
export const rulePlace = z.array(z.union([z.string(), z.int()]));

/** One condition of a rule, the rule itself among them. */
export const ruleCondition = z.object({
  place: rulePlace,
  sentence: text,
  /** Consumers that meet this condition, whatever the others. */
  consumers: z.int(),
  /** Consumers that meet it and all before it within the same `all`; null elsewhere. */
  remaining: z.int().nullable(),
});
export type RuleCondition = z.infer<typeof ruleCondition>;

export const ruleQuestion = z.strictObject({ rule: audienceRule, on: dayText.optional() });
export type RuleQuestion = z.infer<typeof ruleQuestion>;

/** A rule condition by condition, outer before inner. */
export const ruleExplained = z.object({
  on: dayText,
  consumers: z.int(),
  sentence: text,
  conditions: z.array(ruleCondition),
});
export type RuleExplained = z.infer<typeof ruleExplained>;

/** Two rules, or names of audiences, as of the same day. */
export const audienceComparisonQuestion = z.strictObject({
  left: z.union([name, audienceRule]),
  right: z.union([name, audienceRule]),
  on: dayText.optional(),
});
export type AudienceComparisonQuestion = z.infer<typeof audienceComparisonQuestion>;

export const audienceComparison = z.object({
  on: dayText,
  left: z.int(),
  right: z.int(),
  both: z.int(),
  only_left: z.int(),
  only_right: z.int(),
});
export type AudienceComparison = z.infer<typeof audienceComparison>;

/** Members as of the end of a day, and who came and went since the day before. */
export const audienceDay = z.object({ on: dayText, consumers: z.int(), entered: z.int(), left: z.int() });
export type AudienceDay = z.infer<typeof audienceDay>;

export const audienceHistoryQuestion = z.strictObject({ from: dayText.optional(), to: dayText.optional() });
export type AudienceHistoryQuestion = z.infer<typeof audienceHistoryQuestion>;

/** What became of the members of a day, `age` days before the day asked. */
export const audienceAge = z.object({
  age: z.int(),
  on: dayText,
  members: z.int(),
  /** Those of them who are members on the day asked, and their share with Wilson's 95 % interval; null where there were none. */
  stayed: z.int(),
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Those of them with a paid line in the days between, still members or not. */
  bought: z.int(),
});
export type AudienceAge = z.infer<typeof audienceAge>;

/** How long an audience stays what it was, as of the end of a day; the youngest age first. */
export const audienceDecay = z.object({ on: dayText, consumers: z.int(), ages: z.array(audienceAge) });
export type AudienceDecay = z.infer<typeof audienceDecay>;

export const audienceDecayQuestion = z.strictObject({
  on: dayText.optional(),
  ages: z.string().max(100).optional().describe('days before, with commas between; 7,14,30,60,90 where absent'),
});
export type AudienceDecayQuestion = z.infer<typeof audienceDecayQuestion>;

/** Who came or went on a day, a page at a time. */
export const audienceMovesQuestion = z.strictObject({
  on: dayText,
  which: z.enum(['entered', 'left']),
  limit: z.int().min(1).max(1000).default(100).describe('consumers of this page'),
  after: z.int().min(0).default(0).describe('consumers after this one'),
});
export type AudienceMovesQuestion = z.infer<typeof audienceMovesQuestion>;

/** A consumer who came or went, and the conditions that hold now and did not the day before, or the other way round. */
export const audienceMove = z.object({
  consumer: z.int(),
  why: z.array(z.object({ place: rulePlace, sentence: text, holds: z.boolean() })),
});
export type AudienceMove = z.infer<typeof audienceMove>;

export const audienceMovePage = z.object({
  on: dayText,
  moves: z.array(audienceMove),
  next: z.int().optional(),
});
export type AudienceMovePage = z.infer<typeof audienceMovePage>;

/** A rule to begin with, by the scene of the lifecycle that it is for. */
export const audienceTemplate = z.object({
  id: z.string(),
  scene: text,
  title: text,
  rule: audienceRule,
  sentence: text,
});
export type AudienceTemplate = z.infer<typeof audienceTemplate>;

/** The people behind a number of an analysis, to be kept as an audience of fixed members. */
export const audienceFromPeople = z.strictObject({
  name,
  analysis: z.string().min(1),
  params: z.record(z.string(), z.unknown()),
  row: z.record(z.string(), z.unknown()),
});
export type AudienceFromPeople = z.infer<typeof audienceFromPeople>;
