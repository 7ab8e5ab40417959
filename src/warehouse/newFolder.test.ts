import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EmbeddedWarehouse } from './embedded.ts';
import { migrateWarehouse } from './migrate.ts';
import { beginFolder } from './newFolder.ts';
import { sql } from './sql.ts';
import type { Warehouse } from './warehouse.ts';

const root = mkdtempSync(join(tmpdir(), 'qiancheng-new-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every table with its columns and layout, and which migrations stand noted. */
async function shapeOf(dir: string): Promise<unknown> {
  const warehouse: Warehouse = new EmbeddedWarehouse(dir);
  try {
    await migrateWarehouse(warehouse);
    const tables = await warehouse.rows(
      sql`SELECT name, create_table_query, total_rows FROM system.tables WHERE database = currentDatabase() ORDER BY name`,
    );
    return { tables, done: await warehouse.rows(sql`SELECT number FROM migrations ORDER BY number`) };
  } finally {
    await warehouse.close();
  }
}

test('a folder begun from the template is the one that the migrations make', async () => {
  const [begun, made] = [join(root, 'begun'), join(root, 'made')];
  await beginFolder(begun);
  expect(await shapeOf(begun)).toEqual(await shapeOf(made));
});

test('a folder that has something in it is left alone', async () => {
  const dir = join(root, 'left');
  await beginFolder(dir);
  expect(existsSync(join(dir, 'metadata'))).toBe(true);
  rmSync(join(dir, 'metadata'), { recursive: true });
  await beginFolder(dir);
  expect(existsSync(join(dir, 'metadata'))).toBe(false);
});
