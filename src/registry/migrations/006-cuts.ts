import type { Migration } from './migration.ts';

/** Links between identifiers that were dropped by hand, in force until they are lifted. */
export const cuts: Migration = {
  number: 6,
  name: 'cuts',
  statements: [
    `create table cut (
      id serial primary key,
      kind text not null check (kind in ('identifier', 'pair', 'source', 'time')),
      what jsonb not null,
      made_by text not null,
      made_at timestamptz(3) not null,
      note text not null default '',
      lifted_at timestamptz(3)
    )`,
  ],
};
