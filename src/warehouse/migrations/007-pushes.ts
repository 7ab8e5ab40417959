import type { Step } from '../facts.ts';

/** Who was sent where, and who was kept to compare with: see src/app/pushing. */
export const steps: readonly Step[] = [
  /**
   * A consumer of a push, by a card, on the side it stays on: 1 is sent, 0 is kept as control. `day` is the business day it
   * came in on, `holdout` the share of controls meant, per ten thousand.
   */
  `CREATE TABLE IF NOT EXISTS push_members (
    push UInt32, name LowCardinality(String), who UInt64, side UInt8, run UInt32, day Date, holdout UInt16
  ) ENGINE = ReplacingMergeTree ORDER BY (push, who)`,

  /**
   * A record of a run, or a consumer of whom nothing is sent, by a card; the latest version holds. What is sent lies sealed
   * with the home's key (or plain, where the type is not personal), so that it can be taken back when its source is gone.
   */
  `CREATE TABLE IF NOT EXISTS push_log (
    push UInt32, run UInt32, seq UInt32, batch UInt32, who UInt64, ident UInt64, type LowCardinality(String),
    form LowCardinality(String), operation LowCardinality(String), state LowCardinality(String),
    reason LowCardinality(String), sealed String, plain String, at DateTime64(3, 'UTC'), version UInt8
  ) ENGINE = ReplacingMergeTree(version) ORDER BY (push, run, batch, seq)`,

  /** What becomes of each member of the audience in a run that is being planned. */
  `CREATE TABLE IF NOT EXISTS push_plan (
    run UInt32, consumer UInt32, who UInt64, known UInt8, state LowCardinality(String)
  ) ENGINE = MergeTree ORDER BY (run, consumer)`,

  /** What is to be sent by a run that is being planned, in the order it is sent: `place` 1 takes back, 2 adds. */
  `CREATE TABLE IF NOT EXISTS push_diff (
    run UInt32, place UInt8, type LowCardinality(String), form LowCardinality(String), ident UInt64, who UInt64
  ) ENGINE = MergeTree ORDER BY (run, place, type, form, ident)`,
];
