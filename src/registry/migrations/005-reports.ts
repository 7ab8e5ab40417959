import type { Migration } from './migration.ts';

/** Reports that are made again and again, and what was made of them. */
export const reports: Migration = {
  number: 5,
  name: 'reports',
  statements: [
    `create table schedule (
      id serial primary key,
      name text not null,
      cron text not null,
      days int not null,
      webhook text,
      secret text,
      enabled boolean not null,
      created_by text not null,
      created_at timestamptz(3) not null,
      next_at timestamptz(3),
      last_at timestamptz(3),
      last_status text
    )`,
    `create table report_run (
      id serial primary key,
      schedule_id int not null references schedule (id) on delete cascade,
      at timestamptz(3) not null,
      period_from text not null,
      period_to text not null,
      status text not null check (status in ('done', 'failed')),
      delivery text
    )`,
    'create index report_run_schedule on report_run (schedule_id, id)',
  ],
};
