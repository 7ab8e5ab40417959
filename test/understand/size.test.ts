import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { portrait } from '../../src/analyses/audiences/portrait.ts';
import { lens } from '../../src/analyses/testing/world.ts';
import { tagsKept } from '../../src/audiences/tags/keep.ts';
import { bitmapsKept, membersKept } from '../../src/model/membersKept.ts';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { migrateWarehouse } from '../../src/warehouse/migrate.ts';
import { sql } from '../../src/warehouse/sql.ts';
test('size', { timeout: 600000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'c-size-'));
  const w = await openWarehouse({ kind: 'embedded', dir });
  await migrateWarehouse(w);
  const N = 10_000_000;
  const t0 = performance.now();
  await w.run(sql`INSERT INTO tag_values SELECT 1, '', '', intDiv(c, 1048576), groupBitmapState(c) FROM (SELECT toUInt32(number + 1) AS c FROM numbers(${N})) GROUP BY intDiv(c, 1048576)`);
  for (let b = 0; b < 10; b += 1)
    await w.run(sql`INSERT INTO tag_values SELECT 1, tag, value, block, groupBitmapState(c) FROM (
      SELECT c, intDiv(c, 1048576) AS block, concat('t', toString(k)) AS tag, concat('v', toString(cityHash64(c, k) % (2 + k))) AS value FROM (SELECT toUInt32(number + 1) AS c FROM numbers(${b * 1000000}, 1000000)) ARRAY JOIN range(30) AS k WHERE cityHash64(c, k, 'x') % 10 < 9) GROUP BY tag, value, block`);
  console.log('made', performance.now() - t0);
  for (const [run, m] of [[1, 7], [2, 3]]) await w.run(sql`INSERT INTO audience_bitmaps SELECT ${run}, intDiv(c, 1048576), any(c), groupBitmapState(c) FROM (SELECT toUInt32(number + 1) AS c FROM numbers(${N}) WHERE cityHash64(number) % ${m} = 0) GROUP BY intDiv(c, 1048576)`);
  const of = (run: number) => ({ consumers: membersKept(run), bitmap: sql`SELECT groupBitmapMergeState(members) AS members FROM (${bitmapsKept(run)})` });
  const seen = { ...lens(), audiences: new Map([['a', of(1)], ['b', of(2)]]), tags: { on: '2026-01-01', table: tagsKept(1) } };
  for (const params of [{ audience: 'a' }, { audience: 'a' }, { audience: 'a', base: 'b' }, { audience: 'a', base: 'b' }]) {
    const s = performance.now();
    const rows = await w.rows(portrait.query(params, seen), { label: 'x' });
    const q = performance.now();
    portrait.refine?.(rows as never, params, seen);
    console.log(JSON.stringify(params), rows.length, Math.round(q - s), 'refine', Math.round(performance.now() - q));
  }
  console.log(await w.rows(sql`SELECT sum(data_compressed_bytes) AS c, sum(rows) AS r FROM system.parts WHERE active AND table = 'tag_values'`));
  await w.close(); rmSync(dir, { recursive: true });
});
