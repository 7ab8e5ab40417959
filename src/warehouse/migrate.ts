import { InputError } from '../base/errors.ts';
import type { Step } from './facts.ts';
import { steps as facts } from './migrations/001-facts.ts';
import { steps as lifecycle } from './migrations/002-lifecycle.ts';
import { steps as suppressed } from './migrations/003-suppressed.ts';
import { steps as audiences } from './migrations/004-audiences.ts';
import { steps as audienceLife } from './migrations/005-audience-life.ts';
import { steps as tags } from './migrations/006-tags.ts';
import { steps as pushes } from './migrations/007-pushes.ts';
import { steps as lookalikes } from './migrations/008-lookalikes.ts';
import { Fragment, sql } from './sql.ts';
import type { Warehouse } from './warehouse.ts';

/** In order, each applied once; a step must be safe to repeat, for a migration may be cut short. */
export const migrations: readonly (readonly Step[])[] = [
  facts,
  lifecycle,
  suppressed,
  audiences,
  audienceLife,
  tags,
  pushes,
  lookalikes,
];

/** Brings the warehouse to this program's shape, or refuses one made by a newer program. */
export async function migrateWarehouse(warehouse: Warehouse, known = migrations): Promise<void> {
  await warehouse.run(
    sql`CREATE TABLE IF NOT EXISTS migrations (number UInt32, at DateTime('UTC') DEFAULT now()) ENGINE = MergeTree ORDER BY number`,
  );
  const [last] = await warehouse.rows<{ number: number }>(sql`SELECT max(number) AS number FROM migrations`);
  const done = last?.number ?? 0;
  if (done > known.length)
    throw new InputError(
      'home_newer',
      `This home was made by a newer program (warehouse migration ${done}, this program knows ${known.length}): update the program.`,
    );
  for (const [index, steps] of known.entries()) {
    const number = index + 1;
    if (number <= done) continue;
    for (const step of steps)
      await (typeof step === 'string' ? warehouse.everywhere(new Fragment([step])) : warehouse.createFacts(step));
    await warehouse.run(sql`INSERT INTO migrations (number) SELECT toUInt32(${number})`);
  }
}
