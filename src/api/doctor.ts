import { z } from 'zod';
import { text } from './common.ts';

/** One thing of the installation that was looked at: whether it is as it should be, and what was found. */
export const check = z.object({
  name: z.string(),
  ok: z.boolean(),
  /** The finding in English. */
  detail: z.string(),
  text,
});
export type Check = z.infer<typeof check>;

/** An installation looked over, item by item. */
export const examination = z.object({ checks: z.array(check) });
export type Examination = z.infer<typeof examination>;
