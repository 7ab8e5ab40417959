import type { Migration } from './migration.ts';

/** Sources of live events, what has come of their events, and identifiers whose rows are refused. */
export const collector: Migration = {
  number: 7,
  name: 'collector',
  statements: [
    `create table live_source (
      name text primary key,
      digest text not null unique,
      enabled boolean not null default true,
      per_second int,
      created_by text not null,
      created_at timestamptz(3) not null
    )`,
    `create table live_minute (
      source text not null,
      minute timestamptz(3) not null,
      accepted bigint not null,
      duplicate bigint not null,
      rejected bigint not null,
      last_at timestamptz(3) not null,
      primary key (source, minute)
    )`,
    `create table suppression (
      id serial primary key,
      ident text not null unique,
      identifier text not null,
      made_by text not null,
      made_at timestamptz(3) not null
    )`,
  ],
};
