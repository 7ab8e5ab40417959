import { InputError } from '../base/errors.ts';
import { baseline } from './migrations/001-baseline.ts';
import { accounts } from './migrations/002-accounts.ts';
import { work } from './migrations/003-work.ts';
import { saved } from './migrations/004-saved.ts';
import { reports } from './migrations/005-reports.ts';
import { cuts } from './migrations/006-cuts.ts';
import { collector } from './migrations/007-collector.ts';
import { folded } from './migrations/008-folded.ts';
import { servers } from './migrations/009-servers.ts';
import { audiences } from './migrations/010-audiences.ts';
import { audienceLife } from './migrations/011-audience-life.ts';
import { crowds } from './migrations/012-crowds.ts';
import { pushes } from './migrations/013-pushes.ts';
import { lookalikes } from './migrations/014-lookalikes.ts';
import type { Migration } from './migrations/migration.ts';
import type { Registry } from './registry.ts';

/** Every change to the registry's tables, in order; an entry never changes once it is released. */
export const migrations: readonly Migration[] = [
  baseline,
  accounts,
  work,
  saved,
  reports,
  cuts,
  collector,
  folded,
  servers,
  audiences,
  audienceLife,
  crowds,
  pushes,
  lookalikes,
];

/** Any fixed number: two programs that open one server at once migrate one after the other. */
const migrationLock = 7_100;

async function appliedUpTo(registry: Registry): Promise<{ number: number; name: string }> {
  await registry.rows('select pg_advisory_xact_lock($1)', [migrationLock]);
  await registry.rows(`create table if not exists migration (
    number int primary key,
    name text not null,
    applied_at timestamptz(3) not null default now()
  )`);
  const [last] = await registry.rows<{ number: number; name: string }>(
    'select number, name from migration order by number desc limit 1',
  );
  return last ?? { number: 0, name: '' };
}

/** Brings the tables up to `known`, each migration in its own transaction; a registry that is ahead is refused untouched. */
export async function migrate(registry: Registry, known: readonly Migration[] = migrations): Promise<void> {
  const newest = known.at(-1)?.number ?? 0;
  const last = await registry.transaction(appliedUpTo);
  if (last.number > newest)
    throw new InputError(
      'home_newer',
      `The registry was last opened by a newer Qiancheng: it stands at migration ${last.number} (${last.name}), this program knows up to ${newest}. Update the program, or open it with the version that wrote it.`,
    );
  for (const migration of known) {
    if (migration.number <= last.number) continue;
    await registry.transaction(async (transaction) => {
      if ((await appliedUpTo(transaction)).number >= migration.number) return;
      for (const statement of migration.statements) await transaction.rows(statement);
      await transaction.rows('insert into migration (number, name) values ($1, $2)', [
        migration.number,
        migration.name,
      ]);
    });
  }
}
