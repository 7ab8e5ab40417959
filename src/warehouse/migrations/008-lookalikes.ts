import type { Step } from '../facts.ts';

/** Lookalikes and lists of identifiers: see src/app/lookalikes and src/app/lists. */
export const steps: readonly Step[] = [
  /** A consumer that a model is being made of; it is measured by a fold that it was not trained on. Goes when that is done. */
  `CREATE TABLE IF NOT EXISTS lookalike_sample (
    model UInt32, consumer UInt32, seed UInt8, fold UInt8
  ) ENGINE = MergeTree ORDER BY (model, consumer)`,

  /** Whom a model never proposes, the seed among them: a card, whose consumer at the time of asking is meant. */
  `CREATE TABLE IF NOT EXISTS lookalike_out (model UInt32, who UInt64) ENGINE = MergeTree ORDER BY (model, who)`,

  /** An identifier of an uploaded list. */
  `CREATE TABLE IF NOT EXISTS list_idents (list UInt32, ident UInt64) ENGINE = MergeTree ORDER BY (list, ident)`,

  /** What a list came with, in upper-case hex, while it is looked up: hashes of identifiers, never the identifiers. */
  `CREATE TABLE IF NOT EXISTS list_hashes (list UInt32, hash String) ENGINE = MergeTree ORDER BY (list, hash)`,
];
