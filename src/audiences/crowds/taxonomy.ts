import { z } from 'zod';
import type { Text } from '../../base/text.ts';
import type { Origin } from '../../model/rules/ruleSet.ts';
import type { Rule } from '../rule.ts';

/** Id of the crowd of those whom no rule takes. */
export const UNKNOWN = 'unknown';

const text = z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(100) });

/** A taxonomy as it is written: crowds in order, the first whose rule takes a consumer has it. */
export const taxonomyBody = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
    title: text,
    crowds: z
      .array(
        z.strictObject({
          id: z
            .string()
            .regex(/^[a-z][a-z0-9_]{0,40}$/)
            .refine((id) => id !== UNKNOWN, {
              message: '`unknown` is the rest: call it otherwise | unknown 指其余的人',
            }),
          title: text,
          rule: z.record(z.string(), z.unknown()),
        }),
      )
      .min(1)
      .max(60),
  })
  .refine(({ crowds }) => new Set(crowds.map(({ id }) => id)).size === crowds.length, {
    path: ['crowds'],
    message: 'every crowd has an id of its own | 各人群的 id 不能相同',
  });
export type TaxonomyBody = z.infer<typeof taxonomyBody>;

/** One version of a taxonomy as it is written. */
export interface TaxonomyVersion extends TaxonomyBody {
  readonly version: number;
  readonly origin: Origin;
  /** Shows how one is made; it stands in rules, and in no portrait. */
  readonly isExample?: true;
}

/** A crowd whose rule is read. */
export interface Crowd {
  readonly id: string;
  readonly title: Text;
  readonly rule: Rule;
}

/** A taxonomy whose rules are read. */
export interface Taxonomy {
  readonly name: string;
  readonly version: number;
  readonly title: Text;
  readonly crowds: readonly Crowd[];
}
