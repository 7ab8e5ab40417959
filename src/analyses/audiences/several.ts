import { z } from 'zod';
import { audienceName } from './named.ts';

const MOST = 20;

/** Several saved audiences, each named once. */
export const several = z.object({
  audiences: z
    .array(audienceName())
    .min(2)
    .max(MOST)
    .refine((names) => new Set(names).size === names.length, {
      message: 'name each audience once | 每个人群只写一次',
    })
    .describe('names of saved audiences, two to twenty | 人群名称，2 至 20 个'),
});
