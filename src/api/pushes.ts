import { z } from 'zod';
import { dayText, moment, pageQuery, text } from './common.ts';

const name = z.string().trim().min(1).max(200);

/** How an identifier leaves the home: as a lower-case hex digest of its normalised value, or as it is. */
export const identifierForms = ['md5', 'sha256', 'plain'] as const;
export type IdentifierForm = (typeof identifierForms)[number];

/** A type of identifier and its form, `phone:sha256`. */
export const identifierKey = z.string().regex(/^[a-z0-9_]+:(md5|sha256|plain)$/, {
  error: 'type:form, such as phone:sha256 | 写作 类型:形式，如 phone:sha256',
});

/** One setting of a kind of destination: a secret is sealed and never shown again. */
export const destinationField = z.object({
  name: z.string(),
  title: text,
  secret: z.boolean(),
  required: z.boolean(),
  /** The values it may have; absent where it is free text. */
  choices: z.array(z.string()).optional(),
});
export type DestinationField = z.infer<typeof destinationField>;

/** A kind of place that audiences may be sent to. */
export const destinationKind = z.object({
  id: z.string(),
  title: text,
  about: text,
  fields: z.array(destinationField),
  /** Identifiers that it takes, `type:form`; `*` stands for any type. */
  identifiers: z.array(z.string()),
  /** Records of one delivery at most. */
  batch: z.int(),
});
export type DestinationKind = z.infer<typeof destinationKind>;

/** A place that audiences are sent to; its secrets are named, not shown. */
export const destination = z.object({
  id: z.int(),
  name: z.string(),
  kind: z.string(),
  settings: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  /** Pushes that go there. */
  pushes: z.int(),
  created_at: moment,
  created_by: z.string(),
});
export type Destination = z.infer<typeof destination>;

export const newDestination = z.strictObject({
  name,
  kind: z.string().min(1).max(50),
  settings: z.record(z.string(), z.string().max(5000)).default({}),
});
export type NewDestination = z.input<typeof newDestination>;

/** A made destination; what was made for it, such as the secret that signs, is told this once. */
export const destinationMade = z.object({ destination, made: z.record(z.string(), z.string()) });
export type DestinationMade = z.infer<typeof destinationMade>;

/** When a push runs by itself: never, by a cron of five fields in the business zone, or when its audience was refreshed. */
export const pushTriggers = ['manual', 'schedule', 'refresh'] as const;

/** At most so many pushes a consumer in so many days, over all destinations. */
export const pushCap = z.strictObject({ pushes: z.int().min(1).max(1000), days: z.int().min(1).max(365) });

export const newPush = z.strictObject({
  name,
  audience: name,
  destination: name,
  /** Identifiers to send, `type:form`; absent, all that the destination takes by name. */
  identifiers: z.array(identifierKey).min(1).max(10).optional(),
  /** Share of consumers kept out at random, to compare with; 0 is none. */
  holdout: z.number().min(0).max(0.5).default(0.1),
  /** Fewer consumers than this are not sent. */
  minimum: z.int().min(1).max(1_000_000).default(100),
  cap: pushCap.optional(),
  /** Whoever refused this purpose last is not sent, beside whoever withdrew consent altogether. */
  purpose: z.string().trim().min(1).max(100).optional(),
  /** Saved audiences whose members are not sent. */
  exclude: z.array(name).max(20).default([]),
  trigger: z.enum(pushTriggers).default('manual'),
  cron: z.string().max(100).optional(),
});
export type NewPush = z.input<typeof newPush>;

export const pushRunStates = ['planning', 'sending', 'done', 'failed'] as const;

/** Consumers of a run by what became of them, and records to send. */
export const pushCounts = z.object({
  /** Members of the audience. */
  audience: z.int(),
  /** Left out: on the list of an excluded audience, suppressed, consent withdrawn, kept as control, sent too often, without an identifier the destination takes. */
  excluded: z.int(),
  suppressed: z.int(),
  consent: z.int(),
  control: z.int(),
  capped: z.int(),
  unreachable: z.int(),
  /** Those that stand at the destination after this run. */
  treated: z.int(),
  /** Records: identifiers to add and to take back. */
  add: z.int(),
  remove: z.int(),
});
export type PushCounts = z.infer<typeof pushCounts>;

/** One sending of the differences between the audience and what was delivered before. */
export const pushRun = z.object({
  id: z.int(),
  push: z.int(),
  state: z.enum(pushRunStates),
  on: dayText.nullable(),
  counts: pushCounts.nullable(),
  delivered: z.int(),
  refused: z.int(),
  batches: z.int(),
  batches_done: z.int(),
  error: z.object({ code: z.string(), detail: z.string(), text: text.optional() }).nullable(),
  started_at: moment,
  finished_at: moment.nullable(),
  started_by: z.string(),
});
export type PushRun = z.infer<typeof pushRun>;

/** An audience that is sent to a destination. */
export const push = z.object({
  id: z.int(),
  name: z.string(),
  audience: z.string(),
  destination: z.string(),
  kind: z.string(),
  identifiers: z.array(z.string()),
  holdout: z.number(),
  minimum: z.int(),
  cap: pushCap.nullable(),
  purpose: z.string().nullable(),
  exclude: z.array(z.string()),
  trigger: z.enum(pushTriggers),
  cron: z.string().nullable(),
  enabled: z.boolean(),
  next_at: moment.nullable(),
  /** Number by which the destination knows the audience, where it gives one. */
  remote: z.record(z.string(), z.string()),
  last: pushRun.nullable(),
  created_at: moment,
  created_by: z.string(),
});
export type Push = z.infer<typeof push>;

export const pushChange = z.strictObject({ enabled: z.boolean() });

/** A day to run for, as if it were today; absent, the last day of the audience and the day that it is. */
export const pushAsked = z.strictObject({ on: dayText.optional() });
export type PushAsked = z.infer<typeof pushAsked>;

/** What a run would do now, nothing being sent. */
export const pushPreview = z.object({ on: dayText, counts: pushCounts, enough: z.boolean() });
export type PushPreview = z.infer<typeof pushPreview>;

/** What became of a record, or of a consumer of whom nothing is sent. */
export const pushLogStates = [
  'planned',
  'delivered',
  'refused',
  'unsure',
  'control',
  'consent',
  'suppressed',
  'excluded',
  'capped',
  'unreachable',
] as const;
export type PushLogState = (typeof pushLogStates)[number];

export const pushLogRow = z.object({
  run: z.int(),
  seq: z.int(),
  /** The consumer that the record's card belongs to now; 0 is nobody any more. */
  consumer: z.int(),
  operation: z.enum(['add', 'remove', 'none']),
  /** Type and form of the identifier; empty where none is sent. */
  identifier: z.string(),
  state: z.enum(pushLogStates),
  reason: z.string(),
  /** Key of the delivery, the same each time that it is sent. */
  delivery: z.string(),
  at: moment,
});
export type PushLogRow = z.infer<typeof pushLogRow>;

export const pushLogQuery = pageQuery.extend({
  run: z.coerce.number().int().min(1).optional(),
  state: z.enum(pushLogStates).optional(),
  consumer: z.coerce.number().int().min(1).optional(),
});
export type PushLogQuery = z.infer<typeof pushLogQuery>;

export const pushLogFileQuery = pushLogQuery.omit({ limit: true, cursor: true });

/** A file for upload by hand: what a run changed, or all that is to stand at the platform after it. */
export const pushFileQuery = z.object({
  run: z.coerce.number().int().min(1).optional(),
  what: z.enum(['changes', 'all']).default('changes'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type PushFileQuery = z.infer<typeof pushFileQuery>;
