import { appendFileSync } from 'node:fs';
import { test } from 'vitest';
import { compile } from '../../src/warehouse/sql.ts';
import { Home } from './home.ts';
test('x', async () => {
  const home = await new Home().open();
  const w = home.context.warehouse as any;
  const log = (m: string) => appendFileSync('/tmp/trace.log', `${Date.now() % 1e7} ${m}\n`);
  for (const f of ['rows', 'run', 'insert']) {
    const old = w[f].bind(w);
    w[f] = async (q: any, c: any) => {
      log(`${f} ${q.parts ? compile(q).text.slice(0, 3000) : q.table}`);
      const r = await old(q, c);
      log('   done');
      return r;
    };
  }
  await home.state();
  log('STATE DONE');
});
