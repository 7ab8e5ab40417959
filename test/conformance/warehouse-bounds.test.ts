/** What a statement may take, how it ends before its end, what a warehouse is that is older, newer or closed. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { InputError, UnavailableError } from '../../src/base/errors.ts';
import { migrateWarehouse } from '../../src/warehouse/migrate.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { endless, engines, fateOf, opening, plain, until } from './warehouses.fixture.ts';

describe.each(engines)('$name', (engine) => {
  const { skip, open } = engine;
  const { warehouse, only, table } = opening(engine);

  describe('caps and faults', () => {
    test.skipIf(skip)('a question over its memory is refused with what to do', async () => {
      const greedy = warehouse().rows(sql`SELECT length(groupArray(number)) AS n FROM numbers(50000000)`, {
        memoryBytes: 50_000_000,
      });
      await expect(greedy).rejects.toBeInstanceOf(InputError);
      await expect(greedy).rejects.toMatchObject({ code: 'query_memory', message: expect.stringContaining('narrow') });
    });

    test.skipIf(skip)('a question over its time is ended', async () => {
      const slow = warehouse().rows(endless, { seconds: 1 });
      await expect(slow).rejects.toBeInstanceOf(UnavailableError);
      await expect(slow).rejects.toMatchObject({ code: 'query_timeout' });
    });

    test.skipIf(skip)('caps of one statement do not reach the next', async () => {
      const threads = () => only(sql`SELECT getSetting('max_threads') AS threads, getSetting('log_comment') AS label`);
      const before = await threads();
      const narrow = { threads: 7, seconds: 77, label: 'narrow' };
      const within = Array.from({ length: 8 }, () =>
        warehouse().rows(sql`SELECT getSetting('max_threads') AS threads, sleep(0.01) AS s`, narrow),
      );
      expect(await Promise.all(within)).toEqual(Array.from({ length: 8 }, () => [{ threads: 7, s: 0 }]));
      for (let i = 0; i < 8; i += 1) expect(await threads()).toEqual(before);
      expect(before?.threads).not.toBe(7);
    });

    test.skipIf(skip).each([
      ['SELEC 1', /Syntax error/],
      ['1 + 1', /Syntax error/],
      ['SELECT nothing FROM nowhere', /nowhere/],
    ])('%s is an error that names the statement', async (statement, reason) => {
      const wrong: unknown = await warehouse()
        .rows(plain(statement))
        .catch((error: unknown) => error);
      expect(wrong).toBeInstanceOf(Error);
      expect(wrong).not.toHaveProperty('code');
      expect(wrong).toMatchObject({ message: expect.stringMatching(reason) });
      expect(wrong).toMatchObject({ message: expect.stringContaining(`in: ${statement}`) });
    });
  });

  describe('cancel', () => {
    const cancelled = { name: 'UnavailableError', code: 'query_cancelled' };

    test.skipIf(skip).each(['job 7', "'; KILL \\' 千", '%'])(
      'stops the running question labelled %s',
      async (label) => {
        const running = warehouse().rows(endless, { label });
        const watched = fateOf(running);
        await until(() => isRunning(label));
        await warehouse().cancel(label);
        expect(await watched).toMatchObject(cancelled);
        await expect(running).rejects.toBeInstanceOf(UnavailableError);
      },
    );

    test.skipIf(skip)('stops a question that has hardly been asked', async () => {
      const asked = warehouse().rows(endless, { label: 'hasty' });
      const watched = fateOf(asked);
      await warehouse().cancel('hasty');
      expect(await watched).toMatchObject(cancelled);
    });

    test.skipIf(skip)('stops an insert that selects', async () => {
      const { t } = await table('n Float64');
      const running = warehouse().run(sql`INSERT INTO ${t} ${endless}`, { label: 'insert' });
      const watched = fateOf(running);
      await warehouse().cancel('insert');
      expect(await watched).toMatchObject(cancelled);
    });

    test.skipIf(skip)('stops a stream between two rows', async () => {
      const rows = warehouse().stream(sql`SELECT number AS n FROM numbers(100000000)`, { label: 'stream' });
      const reading = (async () => {
        for await (const { n } of rows) if (n === 0) await until(standsStill).then(() => warehouse().cancel('stream'));
      })();
      await expect(reading).rejects.toMatchObject(cancelled);
      expect(await only(sql`SELECT ${1} AS one`)).toEqual({ one: 1 });
    });

    test.skipIf(skip)('stops every statement of the label, waiting ones too, and no other', async () => {
      const other = warehouse().rows(endless, { label: 'other' });
      const rest = fateOf(other);
      const all = Array.from({ length: 7 }, () => warehouse().rows(endless, { label: 'all' }));
      const watched = Promise.all(all.map(fateOf));
      await warehouse().cancel('all');
      for (const fate of await watched) expect(fate).toMatchObject(cancelled);
      expect(await isRunning('other')).toBe(true);
      await warehouse().cancel('other');
      expect(await rest).toMatchObject(cancelled);
    });

    test.skipIf(skip)('of a label that nothing bears changes nothing', async () => {
      const unlabelled = warehouse().rows(sql`SELECT sleep(0.2) AS s`);
      await warehouse().cancel('nobody');
      await warehouse().cancel('');
      expect(await unlabelled).toEqual([{ s: 0 }]);
    });

    test.skipIf(skip)('a long question does not hold a short one back', async () => {
      const long = warehouse().rows(endless, { label: 'long' });
      const watched = fateOf(long);
      await until(() => isRunning('long'));
      expect(await only(sql`SELECT ${'short'} AS value`)).toEqual({ value: 'short' });
      // Note: what a statement has read and holds is told from time to time, each by itself.
      await until(async () => (await warehouse().underWay('long')).rows > 0);
      await until(async () => (await warehouse().underWay('long')).memory > 0);
      expect((await warehouse().underWay('long')).statements).toBeGreaterThan(0);
      await warehouse().cancel('long');
      expect(await watched).toMatchObject(cancelled);
      expect(await warehouse().underWay('long')).toEqual({ statements: 0, rows: 0, total: 0, memory: 0 });
    });

    /** Whether a stream waits for its reader. */
    async function standsStill(): Promise<boolean> {
      const { rows } = await warehouse().underWay('stream');
      await pause(200);
      return rows === (await warehouse().underWay('stream')).rows;
    }

    async function isRunning(label: string): Promise<boolean> {
      const running = await only(
        sql`SELECT count() AS n FROM system.processes WHERE Settings['log_comment'] = ${label}`,
      );
      return running?.n !== 0;
    }
  });

  describe('migrations', () => {
    const shape = async () => ({
      tables: await warehouse().rows(
        sql`SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name`,
      ),
      done: await warehouse().rows(sql`SELECT * FROM migrations ORDER BY number`),
    });

    test.skipIf(skip)('applied again change nothing', async () => {
      const before = await shape();
      await migrateWarehouse(warehouse());
      expect(await shape()).toEqual(before);
      expect(before.done.map(({ number }) => number)).toEqual(before.done.map((_, i) => i + 1));
    });

    test.skipIf(skip)('of a newer program are refused', async () => {
      await warehouse().run(sql`INSERT INTO migrations (number) SELECT toUInt32(${99})`);
      const older = migrateWarehouse(warehouse());
      await expect(older).rejects.toBeInstanceOf(InputError);
      await expect(older).rejects.toMatchObject({ code: 'home_newer', message: expect.stringContaining('99') });
      await warehouse().run(sql`DELETE FROM migrations WHERE number = ${99}`);
    });
  });

  test.skipIf(skip)('a warehouse that is closed says so', async () => {
    const { warehouse: closing, end } = await open();
    await end();
    if (closing.kind === 'embedded')
      await expect(closing.rows(sql`SELECT 1`)).rejects.toMatchObject({ code: 'warehouse_closed' });
    else await expect(closing.rows(sql`SELECT 1`)).rejects.toMatchObject({ code: 'warehouse_unreachable' });
  });
});
