import { test } from 'vitest';
import { mkdtempSync, rmSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execSync } from 'node:child_process';
import { analyses } from '/work/main/src/analyses/index.ts';
import { openWarehouse } from '/work/main/src/warehouse/open.ts';
import { sql } from '/work/main/src/warehouse/sql.ts';
import { ask, keepSpans, lens } from '/work/main/src/analyses/testing/world.ts';
import { defaultRules } from '/work/main/src/model/rules/default.ts';
test('perf', async () => {
const EVENTS = 2000000, PEOPLE = EVENTS / 10;
const dir = mkdtempSync(join(tmpdir(), 'qc-perf-'));
const w = await openWarehouse({ kind: 'embedded', dir: join(dir, 'f') });
const rss = () => { const pids = execSync(`ps -o pid=,rss= --ppid ${process.pid}`).toString().trim().split('\n').map((l) => l.trim().split(/\s+/).map(Number)); return pids; };
const peak = () => Math.max(...rss().map(([p]) => Number(/VmHWM:\s+(\d+)/.exec((() => { try { return readFileSync(`/proc/${p}/status`, 'utf8'); } catch { return ''; } })())?.[1] ?? 0))) / 1024;
try {
  await w.run(sql`INSERT INTO events (consumer, day, at, behavior, brand, item_id, category_id, order_id, source, file, line)
    SELECT toUInt32(1 + floor(${PEOPLE} * pow((cityHash64(number) % 1000000) / 1000000, 2))), toDate('2026-06-30') - toInt32(cityHash64(number, 1) % 730) AS day, toDateTime64(day, 3, 'UTC'),
    ['impression','click','item_view','item_view','item_view','search','cart','favorite','follow','content_view','page_view','item_view','impression','coupon_claim','unfollow','video_view'][1 + cityHash64(number,2) % 16],
    ['Qian','','Other'][1 + cityHash64(number,3)%3], concat('i', toString(cityHash64(number,4)%5000)), '', '', 's', 1, number FROM numbers(${EVENTS})`, { token: 'e' });
  await w.run(sql`INSERT INTO order_lines (consumer, day, order_id, order_at, pay_at, status, item_id, amount, refund_amount, refund_day, source, file, line)
    SELECT toUInt32(1 + floor(${PEOPLE} * pow((cityHash64(number, 9) % 1000000) / 1000000, 2))), toDate('2026-06-30') - toInt32(cityHash64(number, 8) % 730) AS day, concat('o', toString(intDiv(number,2))), toDateTime64(day,3,'UTC'), toDateTime64(day,3,'UTC'), 'paid',
    concat('i', toString(cityHash64(number,4)%5000)), 1000 + cityHash64(number,5) % 50000, if(number%12=0, 60000, NULL), if(number%12=0, day+5, NULL), 's', 2, number FROM numbers(${EVENTS / 10})`, { token: 'o' });
  await w.run(sql`INSERT INTO memberships (consumer, day, join_at, source, file, line) SELECT number*5+1, toDate('2025-01-01') + number%500 AS day, toDateTime64(day,3,'UTC'), 's', 3, number FROM numbers(${PEOPLE / 5})`, { token: 'm' });
  await w.run(sql`INSERT INTO items (item_id, brand, category_id, source, file, line) SELECT concat('i', toString(number)), ['Qian','','Other'][1+number%3], concat('c', toString(number%50)), 's', 4, number FROM numbers(5000)`, { token: 'i' });
  let t = performance.now();
  await keepSpans(w, defaultRules);
  const [n] = await w.rows(sql`SELECT count() AS spans, uniqExact(consumer) AS consumers FROM stage_spans`);
  console.log('build', ((performance.now() - t) / 1000).toFixed(2), JSON.stringify(n), 'peak', peak().toFixed(0));
  const p = { on: '2026-06-30', from: '2026-06-01', to: '2026-06-30', base_from: '2025-06-01', base_to: '2025-06-30', within_days: 30 };
  const cases = [['kept', {}, true], ['whole, not kept', {}, false], ['brand', { brand: 'Qian' }, false], ['category', { category: 'c7' }, false]] as const;
  for (const [name, scope, kept] of cases) for (const a of analyses) {
    const extra = a.id === 'retention' ? [{ ...p, from: '2025-07-01' }, { ...p, from: '2025-07-01', cohort: 'first_touch', unit: 'week' }] : a.id === 'aipl-trend' ? [p, { ...p, from: '2025-07-01' }] : [p];
    for (const q of extra) {
      const times: number[] = []; let rows = 0;
      for (let i = 0; i < 3; i++) { t = performance.now(); rows = (await ask(w, a, q, lens(scope, { kept }))).length; times.push(performance.now() - t); }
      console.log(name.padEnd(16), a.id.padEnd(12), (q as any).unit ?? '', times.map((x) => x.toFixed(0)).join(' '), 'rows', rows, 'peak', peak().toFixed(0));
    }
  }
} finally { await w.close(); rmSync(dir, { recursive: true, force: true }); }

}, 500_000);
