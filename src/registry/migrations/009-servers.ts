import type { Migration } from './migration.ts';

/** Servers that work on one registry at once, what they hold, and who runs which job. */
export const servers: Migration = {
  number: 9,
  name: 'servers',
  statements: [
    'create sequence server_session as int',
    `create table server (
      id text primary key,
      name text not null,
      session int not null,
      settings jsonb not null,
      seen_at timestamptz(3) not null default now()
    )`,
    `create table holding (
      name text primary key,
      sessions jsonb not null default '[]'
    )`,
    `alter table job
      add column host text,
      add column runner int`,
    'alter table upload add column host text',
    'alter table report_run add column report jsonb',
  ],
};
