import type { Step } from '../facts.ts';

/** How audiences live: see src/audiences. */
export const steps: readonly Step[] = [
  /**
   * The members of an audience as they were found in one run, a bitmap of the consumers of a block of a million numbers.
   * A row holds consumers of one shard, of which `consumer` is one.
   */
  {
    table: 'audience_bitmaps',
    columns: 'run UInt32, block UInt32, consumer UInt32, members AggregateFunction(groupBitmap, UInt32)',
    layout: 'ORDER BY (run, block)',
  },

  /** Consumers whose profile has changed, numbered by the commit that changed it; 0, of everybody what an item says. */
  `CREATE TABLE IF NOT EXISTS touched_profiles (
    commit UInt32, consumer UInt32
  ) ENGINE = MergeTree ORDER BY (commit, consumer)`,

  /** Members one by one, as they were kept before there were bitmaps. */
  'DROP TABLE IF EXISTS audience_members SYNC',
  'DROP TABLE IF EXISTS audience_members_local SYNC',
];
