import type { Step } from '../facts.ts';

/** What consumers have in common: see src/audiences/tags. */
export const steps: readonly Step[] = [
  /**
   * The consumers that have a value of a tag as of the day of a run, as a bitmap of a block of a million numbers; the tag
   * '' is everybody. It lies on the first shard whole, for a portrait joins bitmaps and no facts.
   */
  `CREATE TABLE IF NOT EXISTS tag_values (
    run UInt32, tag LowCardinality(String), value String, block UInt32,
    members AggregateFunction(groupBitmap, UInt32)
  ) ENGINE = MergeTree ORDER BY (run, tag, value, block) SETTINGS index_granularity = 64`,
];
