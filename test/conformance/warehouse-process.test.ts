/** The embedded engine is a process of its own: whose it is, what its end leaves, and that it ends with its parent. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { EmbeddedWarehouse } from '../../src/warehouse/embedded.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { endless, fateOf, until } from './warehouses.fixture.ts';

describe('embedded warehouse: its process', () => {
  const skip = process.platform !== 'linux';
  const title = (name: string) => (skip ? `${name} (skipped: processes are found in /proc, on Linux only)` : name);
  const folders: string[] = [];

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function newFolder(): string {
    const folder = mkdtempSync(path(tmpdir(), 'qiancheng-engine-'));
    folders.push(folder);
    return folder;
  }

  test('a folder that another process holds is refused, and opens once it is free', async () => {
    const folder = newFolder();
    const holder = new EmbeddedWarehouse(folder);
    await holder.run(sql`CREATE TABLE kept (n UInt32) ENGINE = MergeTree ORDER BY n`);
    const second = new EmbeddedWarehouse(folder);
    const refused = await fateOf(second.rows(sql`SELECT 1 AS one`));
    expect(refused).toMatchObject({ name: 'UnavailableError', code: 'home_locked' });
    expect(refused).toMatchObject({ message: expect.stringContaining(folder) });
    expect(await holder.rows(sql`SELECT count() AS rows FROM kept`)).toEqual([{ rows: 0 }]);
    await holder.close();
    expect(await second.rows(sql`SELECT count() AS rows FROM kept`)).toEqual([{ rows: 0 }]);
    await second.close();
  });

  test.skipIf(skip)(
    title('that is killed fails what is under way; the next statement finds the same data'),
    async () => {
      const folder = newFolder();
      const warehouse = new EmbeddedWarehouse(folder);
      const stopped = { name: 'UnavailableError', code: 'warehouse_stopped' };
      await warehouse.run(sql`CREATE TABLE kept (n UInt32) ENGINE = MergeTree ORDER BY n`);
      await warehouse.run(sql`INSERT INTO kept SELECT number FROM numbers(1000)`);
      const fates = Array.from({ length: 6 }, () => fateOf(warehouse.rows(endless, { label: 'long' })));
      const stream = warehouse.stream(sql`SELECT number AS n FROM numbers(10000000)`)[Symbol.asyncIterator]();
      for (const process of processesOf(folder)) kill(process);
      for (const fate of await Promise.all(fates)) expect(fate).toMatchObject(stopped);
      expect(await warehouse.rows(sql`SELECT count() AS rows FROM kept WHERE n < ${10}`)).toEqual([{ rows: 10 }]);
      expect((await stream.next()).value).toEqual({ n: 0 });
      for (const process of processesOf(folder)) kill(process);
      await until(async () => processesOf(folder).length === 0);
      const rest = async () => {
        while (!(await stream.next()).done);
      };
      expect(await fateOf(rest())).toMatchObject(stopped);
      expect(await warehouse.rows(sql`SELECT sum(n) AS sum FROM kept`)).toEqual([{ sum: 499500 }]);
      await warehouse.close();
      expect(processesOf(folder)).toEqual([]);
    },
  );

  test.skipIf(skip)(title('ends with a killed parent and leaves no payload behind'), async () => {
    const folder = newFolder();
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', inserting(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    expect(processesOf(folder).length).toBeGreaterThan(1);
    const exit = once(parent, 'exit');
    parent.kill('SIGKILL');
    await exit;
    await until(async () => processesOf(folder).length === 0);
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith(`qiancheng-${parent.pid}-`))).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`qiancheng-${parent.pid}-`))).toEqual([]);
    const after = new EmbeddedWarehouse(folder);
    expect(await after.rows(sql`SELECT count() AS rows FROM kept`)).toEqual([{ rows: 1 }]);
    await after.close();
  });

  /** A program that stores a row, says so, and is then for ever inside an insert. */
  function inserting(folder: string): string {
    const source = (name: string) => JSON.stringify(new URL(`../../src/warehouse/${name}.ts`, import.meta.url).href);
    return `
      import { EmbeddedWarehouse } from ${source('embedded')};
      import { Fragment, sql } from ${source('sql')};
      const warehouse = new EmbeddedWarehouse(${JSON.stringify(folder)});
      await warehouse.run(sql\`CREATE TABLE kept (n UInt32) ENGINE = MergeTree ORDER BY n\`);
      const payload = { table: 'kept', columns: ['n'], format: 'CSV', bytes: Buffer.from('1\\n') };
      await warehouse.insert(payload);
      const slow = new Fragment(['toUInt32(x) + sleepEachRow(3)']);
      const select = (source) => sql\`SELECT \${slow} FROM \${source} AS f, numbers(1000) SETTINGS max_block_size = 1\`;
      const label = 'slow';
      warehouse.insert({ ...payload, through: { structure: 'x String', select } }, { label });
      const running = sql\`SELECT count() AS n FROM system.processes WHERE Settings['log_comment'] = \${label}\`;
      while ((await warehouse.rows(running))[0].n === 0);
      process.stdout.write('inside');
    `;
  }

  /** Processes of this machine that name the folder in their arguments. */
  function processesOf(folder: string): number[] {
    const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return numbers.filter((number) => argumentsOf(number).includes(folder)).map(Number);
  }

  function argumentsOf(number: string): string {
    try {
      return readFileSync(`/proc/${number}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  }

  function kill(number: number): void {
    process.kill(number, 'SIGKILL');
  }
});
