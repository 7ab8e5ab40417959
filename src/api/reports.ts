import { z } from 'zod';
import { answer } from './analyses.ts';
import { dayText, moment, text } from './common.ts';

/** The FAST report of a period: the four metrics, the period before, the stages, the flow, what moved most. */
export const fastReport = z.object({
  from: dayText,
  to: dayText,
  before: z.object({ from: dayText, to: dayText }),
  fast: answer,
  fastBefore: answer,
  stock: answer,
  flow: answer,
  trend: answer,
});
export type FastReport = z.infer<typeof fastReport>;
export const periodQuery = z.object({ from: dayText, to: dayText });

/** A report that is made again and again: the period ends the day before it is made. */
export const schedule = z.object({
  id: z.int(),
  name: z.string(),
  /** Five fields of cron, in the business zone. */
  cron: z.string(),
  /** Length of the period. */
  days: z.int(),
  webhook: z.string().nullable(),
  enabled: z.boolean(),
  createdBy: z.string(),
  nextAt: moment.nullable(),
  lastAt: moment.nullable(),
  lastStatus: z.string().nullable(),
});
export type Schedule = z.infer<typeof schedule>;
export const newSchedule = z.strictObject({
  name: z.string().trim().min(1).max(100),
  cron: z.string().max(100),
  days: z.int().min(1).max(400),
  webhook: z.url().max(2000).nullable(),
  enabled: z.boolean(),
});

/** The secret that signs what is sent to the webhook is told this once; null where there is no webhook. */
export const scheduleMade = z.object({ schedule, secret: z.string().nullable() });
export const scheduleChange = z.strictObject({ enabled: z.boolean() });

export const reportRun = z.object({
  id: z.int(),
  schedule: z.int(),
  at: moment,
  from: dayText,
  to: dayText,
  status: z.enum(['done', 'failed']),
  /** What the webhook answered, in words; null where there is none. */
  delivery: z.string().nullable(),
  /** The same in both languages. */
  deliveryText: text.optional(),
});
export type ReportRun = z.infer<typeof reportRun>;
export const workbookQuery = periodQuery.extend({ lang: z.enum(['zh', 'en']).optional() });
