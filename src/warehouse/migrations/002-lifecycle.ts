/** What the lifecycle keeps: see src/lifecycle. */
export const statements: readonly string[] = [
  /**
   * One row a consumer and unbroken run of days in one stage, per rule set: from `start` up to and without `finish`,
   * days since 1970. `sign` −1 takes a row back, so
   * that counts are sums and a refresh only adds; `batch` is the refresh that wrote it.
   */
  `CREATE TABLE IF NOT EXISTS stage_spans (
    rules LowCardinality(String), consumer UInt32, start UInt16, finish UInt16, level UInt8,
    sign Int8, batch UInt32
  ) ENGINE = MergeTree PARTITION BY rules ORDER BY (consumer, start)`,

  /** Consumers whose facts have changed, numbered by the commit that changed them; facts before `day` have not. */
  `CREATE TABLE IF NOT EXISTS touched (
    commit UInt32, consumer UInt32, day Date
  ) ENGINE = MergeTree ORDER BY (commit, consumer)`,
];
