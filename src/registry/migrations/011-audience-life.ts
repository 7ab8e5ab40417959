import type { Migration } from './migration.ts';

/**
 * Versions of audiences, and their members day by day: `run` is the number of the members kept in the warehouse for the
 * end of `on_day`, with the changes of facts up to `commit`; `ground` is all else that they were found from.
 */
export const audienceLife: Migration = {
  number: 11,
  name: 'life of audiences',
  statements: [
    `alter table audience add column version int not null default 1,
      drop column run, drop column run_before, drop column run_on, drop column stands_on, drop column consumers`,
    `create table audience_version (
      audience int not null references audience (id) on delete cascade,
      version int not null,
      rule text not null,
      on_day text,
      written_at timestamptz(3) not null default now(),
      written_by text not null,
      primary key (audience, version)
    )`,
    `insert into audience_version (audience, version, rule, on_day, written_at, written_by)
      select id, 1, rule, on_day, created_at, created_by from audience`,
    `create table audience_day (
      audience int not null references audience (id) on delete cascade,
      on_day text not null,
      run int not null,
      run_before int,
      commit int not null,
      ground text not null,
      consumers int not null,
      primary key (audience, on_day)
    )`,
  ],
};
