import type { Migration } from './migration.ts';

/** Who may log in, who is logged in, and the keys of programs; of tokens and keys only their SHA-256. */
export const accounts: Migration = {
  number: 2,
  name: 'accounts',
  statements: [
    `create table account (
      name text primary key,
      role text not null check (role in ('viewer', 'analyst', 'operator', 'admin')),
      password text,
      subject text unique,
      disabled boolean not null default false,
      must_change boolean not null default false,
      created_at timestamptz(3) not null,
      last_seen_at timestamptz(3)
    )`,
    'create unique index account_name_folded on account (lower(name))',
    `create table login_session (
      digest text primary key,
      account text not null references account (name) on delete cascade,
      created_at timestamptz(3) not null,
      seen_at timestamptz(3) not null
    )`,
    'create index login_session_account on login_session (account)',
    `create table api_key (
      name text primary key,
      digest text not null unique,
      role text not null check (role in ('viewer', 'analyst', 'operator', 'admin')),
      scopes jsonb,
      created_at timestamptz(3) not null,
      last_used_at timestamptz(3)
    )`,
  ],
};
