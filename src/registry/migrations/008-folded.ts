import type { Migration } from './migration.ts';

/** Files of the ledger that stand for many: live events come as a file every few seconds. */
export const folded: Migration = {
  number: 8,
  name: 'folded',
  statements: [
    `alter table import_file
      add column files int not null default 1,
      add column numbers jsonb`,
    'create index import_file_same on import_file (same_as) where same_as is not null',
    `create index import_file_live on import_file (finished_at) where preset = 'live' and numbers is null`,
    'create index import_file_folded on import_file (import_id) where numbers is not null',
  ],
};
