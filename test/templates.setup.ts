import { prepare } from '../scripts/templates.mjs';
import { templatePath } from '../src/base/template.ts';

/**
 * What a home is copied from is of the migrations as they stand, whether or not they have been built since. Note: the
 * stores are loaded once the engine's process has been made.
 */
export async function setup(): Promise<void> {
  const registry = { ...(await import('../src/registry/migrate.ts')), ...(await import('../src/registry/open.ts')) };
  const warehouse = { ...(await import('../src/warehouse/migrate.ts')), ...(await import('../src/warehouse/open.ts')) };
  await prepare(templatePath('registry', registry.migrations), '@electric-sql/pglite', (dir) =>
    registry.openRegistry({ kind: 'embedded', dir }),
  );
  await prepare(templatePath('warehouse', warehouse.migrations), 'chdb', (dir) =>
    warehouse.openWarehouse({ kind: 'embedded', dir }),
  );
}
