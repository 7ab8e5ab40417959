import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../../test/servers/ports.ts';
import { onServer, postgresMissing, startPostgres } from '../../test/servers/postgres.ts';
import { migrations } from './migrate.ts';
import { openRegistry } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what an embedded registry was told stands after it is closed and opened again', async () => {
  const dir = join(folder, 'kept');
  const first = await openRegistry({ kind: 'embedded', dir });
  await first.rows('insert into setting values ($1, $2)', ['zone', JSON.stringify('Asia/Shanghai')]);
  await first.close();
  await first.close();
  const second = await openRegistry({ kind: 'embedded', dir });
  expect(await second.rows('select value from setting')).toEqual([{ value: 'Asia/Shanghai' }]);
  await second.close();
});

test('a first opening that was cut short is begun anew', async () => {
  const dir = join(folder, 'cut');
  mkdirSync(`${dir}.new`);
  writeFileSync(join(`${dir}.new`, 'PG_VERSION'), '18');
  mkdirSync(dir);
  const registry = await openRegistry({ kind: 'embedded', dir });
  expect(await registry.rows('select count(*) as n from setting')).toEqual([{ n: 0 }]);
  await registry.close();
  expect(existsSync(`${dir}.new`)).toBe(false);
});

test('a folder of other files is refused and left alone', async () => {
  const dir = join(folder, 'foreign');
  mkdirSync(dir);
  writeFileSync(join(dir, 'letter.txt'), 'mine');
  await expect(openRegistry({ kind: 'embedded', dir })).rejects.toMatchObject({ code: 'registry_foreign' });
  expect(readdirSync(dir)).toEqual(['letter.txt']);
});

test('a server that is not there is named without its password, with what to do', async () => {
  const port = await freePort();
  const opening = openRegistry({ kind: 'server', url: `postgresql://someone:secret-word@127.0.0.1:${port}/brand` });
  await expect(opening).rejects.toMatchObject({
    code: 'registry_unreachable',
    exitCode: 75,
    message: expect.stringMatching(new RegExp(`^(?!.*secret-word).*127\\.0\\.0\\.1:${port}/brand.*postgres_url`)),
  });
});

test('an address that is no address is refused', async () => {
  await expect(openRegistry({ kind: 'server', url: 'localhost' })).rejects.toMatchObject({ code: 'postgres_url' });
});

const missing = postgresMissing();
test.skipIf(missing)(
  `on a server${missing ? ` (skipped: ${missing})` : ''}, faults of the connection are told apart`,
  async () => {
    const postgres = await startPostgres();
    try {
      const wrongPassword = postgres.url.replace(/:[0-9a-f]+@/, ':wrong@');
      await expect(openRegistry({ kind: 'server', url: wrongPassword })).rejects.toMatchObject({
        code: 'registry_refused',
      });
      await expect(openRegistry({ kind: 'server', url: `${postgres.url}x` })).rejects.toMatchObject({
        code: 'registry_refused',
      });

      const both = await Promise.all([1, 2].map(() => openRegistry({ kind: 'server', url: postgres.url })));
      const [one, two] = both;
      expect(await two?.rows('select number from migration order by number')).toEqual(
        migrations.map(({ number }) => ({ number })),
      );

      await one?.rows('select 1');
      const cut = one?.transaction(async (inner) => {
        await inner.rows('select 1');
        await onServer(
          postgres.url,
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'qiancheng'",
        );
        await inner.rows('select 1');
      });
      await expect(cut).rejects.toMatchObject({ code: 'registry_unreachable' });
      expect(await one?.rows('select 1 as n')).toEqual([{ n: 1 }]);
      await Promise.all(both.map((registry) => registry.close()));
    } finally {
      await postgres.stop();
    }
  },
);
