import type { Migration } from './migration.ts';

/** A tenant's own crowds, version by version, and its own table of city tiers. */
export const crowds: Migration = {
  number: 12,
  name: 'crowds',
  statements: [
    `create table crowd_taxonomy (
      name text not null,
      version int not null,
      body jsonb not null,
      created_at timestamptz(3) not null default now(),
      created_by text not null,
      primary key (name, version)
    )`,
    `create table city_tier (
      place text primary key,
      tier int not null
    )`,
    'create sequence tag_run',
  ],
};
