import type { Migration } from './migration.ts';

/** Audiences saved under a name; `run` is the number of the members kept in the warehouse, and `stands_on` what they were found from. */
export const audiences: Migration = {
  number: 10,
  name: 'audiences',
  statements: [
    `create table audience (
      id serial primary key,
      name text not null unique,
      kind text not null,
      rule text not null,
      rules text not null,
      on_day text,
      run int,
      run_before int,
      run_on text,
      stands_on text,
      consumers int,
      created_at timestamptz(3) not null default now(),
      created_by text not null
    )`,
    'create sequence audience_run',
  ],
};
