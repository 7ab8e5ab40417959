import { z } from 'zod';
import { moment } from './common.ts';

const count = z.int().min(0);

/** A source of live events, and what has come of its events so far. */
export const liveSource = z.object({
  name: z.string(),
  enabled: z.boolean(),
  /** Events a second it may send; null is as many as it can. */
  per_second: z.int().nullable(),
  accepted: count,
  duplicate: count,
  rejected: count,
  last_at: moment.nullable(),
});
export type LiveSource = z.infer<typeof liveSource>;

export const newSource = z.strictObject({ name: z.string().min(1).max(64) });
export const sourceMade = z.object({ name: z.string(), key: z.string() });
export const sourceChange = z.strictObject({
  enabled: z.boolean().optional(),
  per_second: z.int().min(1).max(1_000_000).nullable().optional(),
});

const minute = z.object({ source: z.string(), minute: moment, accepted: count, duplicate: count, rejected: count });

const recentEvent = z.object({
  /** Grows by one an event. */
  number: z.int(),
  source: z.string(),
  protocol: z.string(),
  received: moment,
  /** Entity, or `unreadable`. */
  entity: z.string(),
  behavior: z.string(),
  /** What else the row says: its columns and props without identifiers. */
  cells: z.record(z.string(), z.string()),
  /** Types of its identifiers. */
  identifiers: z.array(z.string()),
});
export type RecentEvent = z.infer<typeof recentEvent>;

/** The collector as it stands: what waits, what came in the last hour, and the events taken in last. */
export const liveState = z.object({
  /** Events answered and not yet among the facts: bytes of log, and when the oldest was received. */
  waiting: z.object({ segments: count, bytes: count, oldest: moment.nullable() }),
  /** Up to when everything answered is in every analysis. */
  as_of: moment,
  /** Requests turned away since the server started, by reason. */
  refused: z.record(z.string(), count),
  minutes: z.array(minute),
  recent: z.array(recentEvent),
});
export type LiveState = z.infer<typeof liveState>;
