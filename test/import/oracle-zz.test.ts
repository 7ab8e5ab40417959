import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { sql } from '../../src/warehouse/sql.ts';
import { cases } from '../oracle/cases.ts';
import { toFiles } from '../oracle/files.ts';
import { freshHome } from '../product.ts';
test('x', async () => {
  const home = freshHome();
  const c = cases.find((each) => each.name.startsWith('a row of blocked'));
  const dir = mkdtempSync(join(home.files, 'rows-'));
  await toFiles(c?.rows ?? {}, dir);
  process.stderr.write(JSON.stringify(await home.import(dir), null, 1));
  process.stderr.write(JSON.stringify(await (await home.product()).rejects({})));
  for (const t of ['events','order_lines','memberships','reviews'])
  process.stderr.write(JSON.stringify(await home.facts(sql`SELECT '${t}', consumer, count() FROM ${(await import('../../src/warehouse/sql.ts')).id(t)} GROUP BY consumer`)) + '\n');
}, 100000);
