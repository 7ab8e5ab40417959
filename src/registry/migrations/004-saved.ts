import type { Migration } from './migration.ts';

/** People behind a number, saved under a name. */
export const saved: Migration = {
  number: 4,
  name: 'saved',
  statements: [
    `create table saved_people (
      id serial primary key,
      name text not null unique,
      analysis text not null,
      params jsonb not null,
      "row" jsonb not null,
      count int not null,
      members text not null,
      as_of text not null,
      rules text not null,
      created_at timestamptz(3) not null default now(),
      created_by text not null
    )`,
  ],
};
