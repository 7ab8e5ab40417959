import { z } from 'zod';

/** `type:value`, a value, or `#` and a number; in the body, for no identifier stands in an address. */
export const consumerSearch = z.strictObject({ identifier: z.string().trim().min(1).max(500) });

/** One consumer: who it is and why, and what it did. */
export const consumer = z.object({
  consumer: z.int(),
  identifiers: z.array(z.object({ type: z.string(), value: z.string(), personal: z.boolean(), shared: z.boolean() })),
  links: z.array(z.object({ left: z.string(), right: z.string(), file: z.string(), line: z.int(), rows: z.int() })),
  timeline: z.array(z.object({ at: z.string(), entity: z.string(), what: z.string(), detail: z.string() })),
  profile: z.record(z.string(), z.unknown()),
  stages: z.array(z.object({ stage: z.string(), from: z.string(), to: z.string().nullable() })),
});
export type Consumer = z.infer<typeof consumer>;
