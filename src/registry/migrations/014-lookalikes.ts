import type { Migration } from './migration.ts';

/** Models of what tells a seed audience from the rest; and lists of identifiers that were uploaded under a name. */
export const lookalikes: Migration = {
  number: 14,
  name: 'lookalikes',
  statements: [
    `create table lookalike (
      id serial primary key,
      seed text not null,
      on_day text not null,
      features_on text not null,
      rules text not null,
      exclude text not null,
      seeds int not null,
      cold int not null,
      others int not null,
      report text not null,
      model text not null,
      created_at timestamptz(3) not null default now(),
      created_by text not null
    )`,
    `create table id_list (
      id serial primary key,
      name text not null unique,
      id_type text not null,
      form text not null,
      given int not null,
      usable int not null,
      created_at timestamptz(3) not null default now(),
      created_by text not null
    )`,
  ],
};
