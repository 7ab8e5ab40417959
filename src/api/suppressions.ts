import { z } from 'zod';
import { moment } from './common.ts';

/** An identifier whose rows are refused; of a personal one its hash is shown. */
export const suppression = z.object({ id: z.int(), identifier: z.string(), made_by: z.string(), made_at: moment });
export type Suppression = z.infer<typeof suppression>;

/** `type:value`, as in `phone:13800138000`. */
export const newSuppression = z.strictObject({ identifier: z.string().min(3).max(1000) });
