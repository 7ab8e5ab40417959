import { afterAll, expect, test } from 'vitest';
import { asOf } from '../../src/app/asking.ts';
import { showConsumer } from '../../src/app/consumer.ts';
import { examine } from '../../src/app/doctor.ts';
import { listImports } from '../../src/app/imports.ts';
import { explainLink } from '../../src/app/links.ts';
import { keepBooksSmall } from '../../src/app/live/books.ts';
import { severedUnder } from '../../src/intake/cutLedger.ts';
import { undoImport } from '../../src/intake/undo.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { serveHome } from './served.ts';

const DAY_MS = 86_400_000;
let at = Date.parse('2026-07-15T04:00:00.000Z');
const home = await serveHome(() => new Date(at));
afterAll(() => home.close());
const { live, product } = home.running().services;
const { installation } = product;
const { context } = installation;

const event = (messageId: string, who: Record<string, string>, timestamp = new Date(at).toISOString()) => ({
  type: 'track',
  messageId,
  event: 'Product Viewed',
  timestamp,
  ...who,
});

const booked = () =>
  context.registry.rows<{ rows: number; files: number }>(
    `select count(*)::int as rows, sum(files)::int as files from import_file`,
  );

/** Every answer that reads the ledger, but for what a file is called; the machine's own state is none. */
async function answers() {
  const link = await explainLink(context, 'user:u-1');
  const { links } = await showConsumer(context, 'user:u-1');
  const severed = await severedUnder(context.registry, [{ kind: 'source', source: 'web' }]);
  return {
    imports: await listImports(context),
    checks: (await examine(installation)).filter(({ name }) => name !== 'disk' && name !== 'memory'),
    cards: link.cards.map(({ file: _, ...card }) => card),
    links: links.map(({ file: _, ...each }) => each),
    severed: severed.files.toSorted((a, b) => a - b),
    rejects: (await product.rejects({})).length,
    sources: await live.sources(),
    as_of: await asOf(context),
  };
}

test('folded books give the same answers, and an import of folded files can still be taken back', async () => {
  const web = await home.source('web');
  const app = await home.source('app');
  const linked = (n: number) => ({ userId: 'u-1', anonymousId: `v-${n}` });
  for (let n = 0; n < 4; n += 1) {
    at += 60_000;
    await home.send(web, '/v1/track', event(`w${n}`, linked(n)));
    await home.send(app, '/v1/track', event(`a${n}`, { userId: `u-${n}` }));
    if (n === 2) await home.send(web, '/v1/track', event('bad', {}));
    await live.settled();
  }
  const before = await answers();
  expect(await booked()).toEqual([{ rows: 8, files: 8 }]);

  at += 3 * DAY_MS;
  await keepBooksSmall(context.registry, new Date(at));
  // Seven files of two sources fold; the one with a reject stays, to be replayed.
  expect(await booked()).toEqual([{ rows: 3, files: 8 }]);
  expect(await answers()).toEqual(before);
  const minutes = await context.registry.rows('select source, minute from live_minute order by source');
  expect(minutes).toEqual([
    { source: 'app', minute: '2026-07-15T00:00:00.000Z' },
    { source: 'web', minute: '2026-07-15T00:00:00.000Z' },
  ]);

  const [imported] = before.imports.filter(({ source }) => source === 'app');
  expect(await undoImport(context, imported?.id ?? 0)).toEqual({ import: imported?.id, files: 4, rows: 4 });
  const left = await context.warehouse.rows(sql`SELECT source, count() AS rows FROM events GROUP BY source`);
  expect(left).toEqual([{ source: 'web', rows: 4 }]);
});

test('books that were folded go on with what comes later on the same day', async () => {
  const key = await home.source('later');
  await home.send(key, '/v1/track', event('l1', { userId: 'u-9' }));
  await live.settled();
  await context.registry.rows(`update import_file set finished_at = '2026-01-01' where source = 'later'`);
  await home.send(key, '/v1/track', event('l2', { userId: 'u-9' }));
  at += 3_600_000;
  await keepBooksSmall(context.registry, new Date(at));
  await live.settled();
  await context.registry.rows(`update import_file set finished_at = '2026-01-02' where source = 'later'`);
  at += 3_600_000;
  await keepBooksSmall(context.registry, new Date(at));
  const rows = await context.registry.rows(
    `select name, files, accepted from import_file where source = 'later' and numbers is not null`,
  );
  expect(rows).toEqual([{ name: 'live 2026-07-18 events', files: 2, accepted: 2 }]);
});
