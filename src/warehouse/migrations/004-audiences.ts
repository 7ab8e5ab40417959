import type { Step } from '../facts.ts';

/** Members of audiences: see src/audiences. */
export const steps: readonly Step[] = [
  /** A member of an audience as it was found in one run. */
  { table: 'audience_members', columns: 'run UInt32, consumer UInt32', layout: 'ORDER BY (run, consumer)' },

  /** A member of an audience whose members are fixed: a card, whose consumer at the time of asking is meant. */
  `CREATE TABLE IF NOT EXISTS audience_cards (
    audience UInt32, who UInt64
  ) ENGINE = MergeTree ORDER BY (audience, who)`,
];
