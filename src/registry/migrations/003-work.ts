import type { Migration } from './migration.ts';

/** What jobs say of themselves, mappings saved in the console, files on their way in. */
export const work: Migration = {
  number: 3,
  name: 'work',
  statements: [
    `alter table job
      add column title text not null default '',
      add column result jsonb,
      add column error_code text,
      add column created_by text not null default '',
      add column cancel boolean not null default false,
      add constraint job_status check (status in ('queued', 'running', 'done', 'failed', 'cancelled'))`,
    `create index job_open on job (id) where status in ('queued', 'running')`,
    `create table mapping (
      name text primary key,
      body jsonb not null,
      created_at timestamptz(3) not null,
      created_by text not null
    )`,
    `create table upload (
      id text primary key,
      name text not null,
      size bigint not null,
      created_at timestamptz(3) not null,
      created_by text not null
    )`,
  ],
};
