import { z } from 'zod';
import { text } from './common.ts';

const crowd = z.object({ id: z.string(), title: text });

/** A taxonomy of crowds in its latest version. */
export const crowdTaxonomyEntry = z.object({
  name: z.string(),
  version: z.int(),
  origin: z.enum(['published', 'tenant', 'proposed']),
  title: text,
  crowds: z.array(crowd),
});
export type CrowdTaxonomyEntry = z.infer<typeof crowdTaxonomyEntry>;

/** A version of a taxonomy with the rule of each crowd, as data and as a sentence; the first that takes a consumer holds. */
export const crowdTaxonomy = crowdTaxonomyEntry.extend({
  crowds: z.array(crowd.extend({ rule: z.record(z.string(), z.unknown()), sentence: text })),
});
export type CrowdTaxonomy = z.infer<typeof crowdTaxonomy>;

/** A taxonomy to be saved: `name`, `title`, `crowds` of `id`, `title`, `rule`; every fault is told by its place. */
export const newCrowdTaxonomy = z.record(z.string(), z.unknown());

/** Tiers 1 to 6 by the name of a city or province. */
export const cityTierTable = z.record(z.string().min(1).max(100), z.int().min(1).max(6));
export type CityTierTable = z.infer<typeof cityTierTable>;
