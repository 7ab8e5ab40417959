import type { Step } from '../facts.ts';

/** Identifiers whose rows are refused at the door: those of people who have asked to be deleted. */
export const steps: readonly Step[] = [
  `CREATE TABLE IF NOT EXISTS suppressed (ident UInt64) ENGINE = MergeTree ORDER BY ident`,
];
