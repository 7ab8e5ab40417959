import { appendFileSync } from 'node:fs';
import { test } from 'vitest';
import { compile } from '../../src/warehouse/sql.ts';
import { Home } from './home.ts';
test('x', async () => {
  const home = await new Home().open();
  const w = home.context.warehouse as any;
  const log = (m: string) => appendFileSync('/tmp/trace.log', `${Date.now() % 1e7} ${m}\n`);
  let n = 0;
  for (const f of ['rows', 'run', 'insert']) {
    const old = w[f].bind(w);
    w[f] = async (q: any, c: any) => {
      const k = n++;
      log(`${k} ${f} ${q.parts ? compile(q).text.slice(0, 300) : q.table}`);
      const r = await old(q, c);
      log(`${k}   done`);
      return r;
    };
  }
  await home.bring('events.csv', 'event_time,behavior,id_user\n2026-06-20,cart,1\n');
  log('ASK');
  await home.ask('aipl-stock', {on: '2026-06-30'});
  log('ASKED');
  await Promise.all([home.ask('aipl-stock', {on: '2026-06-30'}), home.ask('fast', {from: '2026-06-01', to: '2026-06-30'}), home.ask('rfm', {on: '2026-06-30'})]);
  log('ALL DONE');
});
