import type { Migration } from './migration.ts';

/** Destinations, what is sent to them, and each sending; settings that are secrets lie sealed. */
export const pushes: Migration = {
  number: 13,
  name: 'pushes',
  statements: [
    `create table destination (
      id serial primary key,
      name text not null unique,
      kind text not null,
      settings jsonb not null,
      secrets text,
      created_at timestamptz(3) not null default now(),
      created_by text not null
    )`,
    `create table push (
      id serial primary key,
      name text not null unique,
      destination_id int not null references destination (id),
      audience text not null,
      identifiers jsonb not null,
      holdout int not null,
      seed text not null,
      minimum int not null,
      cap jsonb,
      purpose text,
      exclude jsonb not null,
      trigger text not null,
      cron text,
      enabled boolean not null default true,
      next_at timestamptz(3),
      remote jsonb not null default '{}',
      created_at timestamptz(3) not null default now(),
      created_by text not null
    )`,
    `create table push_run (
      id serial primary key,
      push_id int not null references push (id) on delete cascade,
      state text not null,
      on_day text,
      audience_run int,
      counts jsonb,
      batches int not null default 0,
      batches_done int not null default 0,
      delivered int not null default 0,
      refused int not null default 0,
      error jsonb,
      started_at timestamptz(3) not null,
      finished_at timestamptz(3),
      started_by text not null
    )`,
    'create index push_run_by_push on push_run (push_id, id)',
  ],
};
