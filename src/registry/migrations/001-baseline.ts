import type { Migration } from './migration.ts';

/** Settings, imports and their files, rule sets, derived data, jobs, audit. */
export const baseline: Migration = {
  number: 1,
  name: 'baseline',
  statements: [
    `create table setting (
      key text primary key,
      value jsonb not null
    )`,
    `create table import (
      id serial primary key,
      path text not null,
      source text,
      started_at timestamptz(3) not null default now(),
      finished_at timestamptz(3),
      status text not null default 'running' check (status in ('running', 'done', 'undone', 'failed')),
      report jsonb,
      undone_at timestamptz(3)
    )`,
    `create table import_file (
      id serial primary key,
      import_id int not null references import (id),
      name text not null,
      path text not null,
      sha256 text,
      bytes bigint,
      format text,
      encoding text,
      entity text,
      preset text,
      source text,
      mapping jsonb,
      status text not null default 'reading'
        check (status in ('reading', 'staged', 'committing', 'done', 'undone', 'failed', 'skipped', 'same')),
      same_as int references import_file (id),
      batches int not null default 0,
      last_line bigint not null default 0,
      read bigint not null default 0,
      accepted bigint not null default 0,
      duplicate bigint not null default 0,
      rejected bigint not null default 0,
      unidentified bigint not null default 0,
      unmapped jsonb not null default '{}',
      header jsonb,
      delimiter text,
      seconds double precision,
      message text,
      finished_at timestamptz(3)
    )`,
    'create index import_file_content on import_file (source, sha256)',
    'create index import_file_import on import_file (import_id)',
    `create table rule_set (
      name text not null,
      version int not null,
      body jsonb not null,
      origin text not null,
      adopted boolean not null default false,
      created_at timestamptz(3) not null default now(),
      primary key (name, version)
    )`,
    `create table derivation (
      name text primary key,
      state jsonb not null,
      updated_at timestamptz(3) not null default now()
    )`,
    `create table job (
      id serial primary key,
      kind text not null,
      params jsonb not null default '{}',
      status text not null,
      progress jsonb,
      error text,
      created_at timestamptz(3) not null default now(),
      started_at timestamptz(3),
      finished_at timestamptz(3)
    )`,
    `create table audit (
      id bigserial primary key,
      at timestamptz(3) not null default now(),
      actor text not null,
      action text not null,
      detail jsonb
    )`,
  ],
};
