import type { Step } from '../facts.ts';

/** What the lifecycle keeps: see src/lifecycle. */
export const steps: readonly Step[] = [
  /**
   * One row a consumer and unbroken run of days in one stage, per rule set: from `start` up to and without `finish`,
   * days since 1970. `sign` −1 takes a row back, so
   * that counts are sums and a refresh only adds; `batch` is the refresh that wrote it.
   */
  {
    table: 'stage_spans',
    columns: `rules LowCardinality(String), consumer UInt32, start UInt16, finish UInt16, level UInt8,
      sign Int8, batch UInt32`,
    layout:
      'PARTITION BY rules ORDER BY (consumer, start) SETTINGS index_granularity = 1024, min_compress_block_size = 4096',
  },

  /** Consumers whose facts have changed, numbered by the commit that changed them; facts before `day` have not. */
  `CREATE TABLE IF NOT EXISTS touched (
    commit UInt32, consumer UInt32, day Date
  ) ENGINE = MergeTree ORDER BY (commit, consumer)`,
];
