import { z } from 'zod';

/** A text in both languages of the product. */
export const text = z.object({ zh: z.string(), en: z.string() });

/** An ISO moment in UTC. */
export const moment = z.string().describe('ISO 8601 moment, UTC');

/** A day `YYYY-MM-DD` in the business zone. */
export const dayText = z.iso.date();

/** Number of a thing in the registry, in a path. */
export const numbered = z.object({ id: z.coerce.number().int().min(1) });

/** A page of a list: `cursor` is what the page before gave as `next`. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});

/** A page of things; `next` asks for the one after it and is absent on the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

export const done = z.object({ done: z.literal(true) });

/** RFC 9457: what went wrong, by a stable `code`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  /** The detail in both languages, for the faults that tell what of the request is wrong. */
  text: text.optional(),
});
export type Problem = z.infer<typeof problem>;
