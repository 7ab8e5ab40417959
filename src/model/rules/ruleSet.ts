import { z } from 'zod';
import { say } from '../../base/faults/say.ts';

const text = z.strictObject({ zh: z.string(), en: z.string() });

/** Where a definition comes from: published by the field, set by the tenant, or proposed here. Never shown as more. */
export const origin = z.enum(['published', 'tenant', 'proposed']);
export type Origin = z.infer<typeof origin>;

const days = z.int().min(1).max(3650);
const onDays = z.int().min(1).max(50).default(1);

/** One way to be in a stage as of a day D; windows are the `days` business days that end with D. */
export const condition = z.union([
  z.strictObject({
    /** Events of any of these behaviours, or of a named group of the rule set, */
    did: z.array(z.string()).min(1),
    days,
    /** on at least this many different days. */
    on_days: onDays,
  }),
  z.strictObject({ paid: z.strictObject({ days, on_days: onDays }) }),
  z.strictObject({
    /** A review of at least this rating, */
    reviewed: z.strictObject({
      min_rating: z.number().min(1).max(5),
      days,
      /** beside a paid line. */ paid_days: days,
    }),
  }),
  z.strictObject({ member: z.literal(true) }),
  z.strictObject({ fan: z.literal(true) }),
]);
export type Condition = z.infer<typeof condition>;

/** Conditions of one stage: each makes the question longer. */
const MOST_CONDITIONS = 20;

const stage = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9]{0,3}$/),
  title: text,
  when: z.array(condition).min(1).max(MOST_CONDITIONS),
});
export type Stage = z.infer<typeof stage>;

/** Counters of one stage share 12 bits of a sweep: so many days may be in force at once. */
const MOST_DAYS = 4095;
const MOST_STAGES = 5;

/** Everything with a window or a threshold, as data. A result names the set and version it used. */
export const ruleSet = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
    version: z.int().min(1),
    title: text,
    origin,
    source: z.string(),
    /** Behaviours by group; a condition may name a group. */
    groups: z.record(z.string(), z.array(z.string())),
    /** From the shallowest to the deepest; a consumer holds the deepest it qualifies for. */
    stages: z.array(stage).min(1).max(MOST_STAGES),
    /** The latest of these by the end of a day tells whether a consumer is a fan. */
    fan: z.strictObject({ on: z.array(z.string()), off: z.array(z.string()) }),
    /** T of FAST: members with one of these, or a paid line, in the window. */
    active_member: z.strictObject({ did: z.array(z.string()), days }),
    rfm: z.strictObject({ days }),
  })
  .superRefine((set, context) => {
    for (const [i, { code }] of set.stages.entries())
      if (set.stages.findIndex((each) => each.code === code) < i)
        context.addIssue({ code: 'custom', path: ['stages', i, 'code'], message: say('rules.twice', { code }).en });
    for (const { code, when } of set.stages) {
      const most = when.reduce((sum, each) => sum + windowOf(each), 0);
      if (most > MOST_DAYS)
        context.addIssue({
          code: 'custom',
          message: say('rules.windows', { code, sum: most, most: MOST_DAYS }).en,
        });
    }
  });
export type RuleSet = z.infer<typeof ruleSet>;

function windowOf(each: Condition): number {
  if ('did' in each) return each.days;
  if ('paid' in each) return each.paid.days;
  if ('reviewed' in each) return each.reviewed.days;
  return 1;
}

/** `default@1`: how a result names the rules it used. */
export function rulesKey(set: RuleSet): string {
  return `${set.name}@${set.version}`;
}

/** The behaviours a condition names, its groups opened. */
export function behaviorsOf(set: RuleSet, names: readonly string[]): string[] {
  return [
    ...new Set(names.flatMap((name) => (Object.hasOwn(set.groups, name) ? set.groups[name] : undefined) ?? [name])),
  ];
}
