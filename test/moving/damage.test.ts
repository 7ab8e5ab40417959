/** What the doctor says of a home that was really harmed: closed, harmed on disk, opened again. */
import {
  cpSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/app/doctor.ts';
import { examineClosed } from '../../src/app/doctorClosed.ts';
import { versionsFound } from '../../src/app/doctorEngines.ts';
import { type Machine, thisMachine } from '../../src/app/doctorMachine.ts';
import { openProduct } from '../../src/app/product.ts';
import { unwatched } from '../../src/base/progress.ts';
import { openRegistry } from '../../src/registry/open.ts';
import { openWarehouse } from '../../src/warehouse/open.ts';
import { sql } from '../../src/warehouse/sql.ts';
import type { Holder } from '../../src/warehouse/warehouse.ts';
import { now } from '../product.ts';

const EVENTS = 2000;
const roomy: Machine = {
  ...thisMachine,
  memory: 16 * 2 ** 30,
  disk: () => ({ free: 100 * 2 ** 30, total: 200 * 2 ** 30 }),
};

let root = '';
/** Folder of a part of each table, within a home. */
const partIn = new Map<string, string>();

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'qiancheng-damage-'));
  const path = join(root, 'events.csv');
  const lines = Array.from({ length: EVENTS }, (_, i) => `2026-06-0${1 + (i % 9)} 10:00:00,click,u${i}`);
  writeFileSync(path, ['event_time,behavior,id_user', ...lines, ''].join('\n'));
  const whole = join(root, 'whole');
  const product = await openProduct(whole, {}, () => now);
  await product.importPath(path, {}, unwatched);
  const parts = await product.installation.context.warehouse.rows<{ name: string; path: string }>(
    sql`SELECT table AS name, path FROM system.parts WHERE active AND rows > 0 AND database = currentDatabase()`,
  );
  for (const { name, path: folder } of parts) partIn.set(name, folder.slice(whole.length + 1));
  await product.close();
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy of the filled home, harmed while nobody has it open. */
async function harmedHome(harm: (dir: string) => Promise<void> | void): Promise<string> {
  const dir = mkdtempSync(join(root, 'harmed-'));
  cpSync(join(root, 'whole'), dir, { recursive: true });
  await harm(dir);
  return dir;
}

interface Seen {
  readonly machine?: Machine;
  readonly at?: Date;
}

/** What is wrong with a home, as `name: finding`, whether it opens or not. */
async function wrongWith(dir: string, { machine = roomy, at = now }: Seen = {}): Promise<string[]> {
  const told = async () => {
    const opened = await openProduct(dir, {}, () => at).catch((reason: unknown) => ({ reason }));
    if ('reason' in opened) return examineClosed({ dir, env: {}, now: () => at, reason: opened.reason }, machine);
    try {
      return await examine(opened.installation, machine);
    } finally {
      await opened.close();
    }
  };
  return (await told()).filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail.replaceAll(dir, 'HOME')}`);
}

const part = (dir: string, table: string): string => join(dir, partIn.get(table) ?? '');

function overwrite(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([0xff, 0x00, 0xff, 0x00]), 0, 4, at);
}

/** The largest file of a table of the registry's own. */
function largestOf(dir: string): string {
  const folders = readdirSync(join(dir, 'registry', 'base')).map((name) => join(dir, 'registry', 'base', name));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const own = files.filter((path) => Number(path.split('/').at(-1)) >= 16_384 && statSync(path).size >= 8192);
  return own.toSorted((one, other) => statSync(other).size - statSync(one).size)[0] ?? '';
}

const harms: ReadonlyArray<
  readonly [harm: string, does: (dir: string) => Promise<void> | void, told: readonly (string | RegExp)[]]
> = [
  ['nothing', () => {}, []],
  [
    'a part whose data were cut off',
    (dir) => truncateSync(join(part(dir, 'events'), 'data.bin'), 100),
    ['parts: damaged: events (1)', `facts: events lacks ${EVENTS} rows (import 1)`],
  ],
  [
    'a part with other bytes in it',
    (dir) => overwrite(join(part(dir, 'events'), 'data.bin'), 60),
    ['parts: damaged: events'],
  ],
  [
    'a part of the facts that is gone',
    (dir) => rmSync(part(dir, 'events'), { recursive: true }),
    [`facts: events lacks ${EVENTS} rows (import 1)`],
  ],
  [
    'a part of who they belong to that is gone',
    (dir) => rmSync(part(dir, 'people'), { recursive: true }),
    [`facts: ${EVENTS} sets of identifiers have lost their person or their values`],
  ],
  [
    'the tables of the warehouse forgotten',
    (dir) => rmSync(join(dir, 'warehouse', 'metadata'), { recursive: true }),
    [`facts: events lacks ${EVENTS} rows (import 1)`],
  ],
  [
    'a registry without its journal',
    (dir) => rmSync(join(dir, 'registry', 'pg_wal'), { recursive: true }),
    [/^registry: the engine cannot read HOME\/registry \(.*\): look at the disk, then restore the last backup$/],
  ],
  ['a registry with a table cut off', (dir) => truncateSync(largestOf(dir), 0), [/^registry: /]],
  ['a registry with other bytes in a table', (dir) => overwrite(largestOf(dir), 4000), [/^registry: /]],
  [
    'both stores ahead of the program',
    async (dir) => {
      const warehouse = await openWarehouse({ kind: 'embedded', dir: join(dir, 'warehouse') });
      await warehouse.run(sql`INSERT INTO migrations (number) VALUES (99)`);
      await warehouse.close();
      const registry = await openRegistry({ kind: 'embedded', dir: join(dir, 'registry') });
      await registry.rows(`insert into migration (number, name) values (99, 'tomorrow')`);
      await registry.close();
    },
    [
      /^schema: This home was made by a newer program \(warehouse migration 99, /,
      /^schema: The registry was last opened by a newer .*migration 99 \(tomorrow\)/,
    ],
  ],
];

describe('the doctor of a home', () => {
  test.each(harms)('tells of %s', async (_, harm, told) => {
    const found = await wrongWith(await harmedHome(harm));
    expect(found).toEqual(told.map((each) => (each instanceof RegExp ? expect.stringMatching(each) : each)));
  });

  test('tells of a small machine, a full disk, an old Node and a clock an hour off', async () => {
    const machine: Machine = {
      node: '18.20.0',
      memory: 2 ** 30,
      disk: () => ({ free: 2 ** 30, total: 2 ** 40 }),
      clock: () => Date.now() - 3_600_000,
    };
    const found = await wrongWith(join(root, 'whole'), { machine });
    expect(found).toEqual([
      'node: 18.20.0',
      'disk: 1.0 GiB free at HOME',
      'memory: 1.0 GiB in all; a statement may take 1.3 GiB',
      expect.stringMatching(/^clock: at most 3(600|599)\.\d s from those of the stores$/),
    ]);
  });

  test('tells of a clock that went back since the last import', async () => {
    const found = await wrongWith(join(root, 'whole'), { at: new Date('2026-07-14T00:00:00Z') });
    expect(found).toEqual([
      expect.stringContaining('clock: it went back: the latest import or job was begun at 2026-07-15T00:00:00Z'),
    ]);
  });

  test('gives the reason itself where a home does not open and its stores do', async () => {
    const dir = await harmedHome(() => {});
    const reason = new Error('the reason');
    await expect(examineClosed({ dir, env: {}, now: () => now, reason }, roomy)).rejects.toBe(reason);
    await expect(examineClosed({ dir: join(root, 'nowhere'), env: {}, now: () => now, reason }, roomy)).rejects.toBe(
      reason,
    );
  });
});

const server = (host: string, version: string | undefined): Holder =>
  ({
    host,
    rows: async () => (version === undefined ? Promise.reject(new Error('no answer')) : [{ version }]),
  }) as unknown as Holder;

test.each([
  [[['', '26.7.3.1']], true, ''],
  [
    [
      ['a:1', '26.7.3.1'],
      ['b:1', '26.7.3.1'],
    ],
    true,
    '',
  ],
  [
    [
      ['a:1', '26.7.3.1'],
      ['b:1', '26.7.4.9'],
    ],
    false,
    'b:1 runs 26.7.4.9, unlike the others',
  ],
  [
    [
      ['a:1', '26.7.3.1'],
      ['b:1', undefined],
    ],
    false,
    'b:1 does not answer',
  ],
  [[['a:1', '25.8.1.1']], false, 'a:1 runs 25.8.1.1; this program is made for 26.7'],
] as const)('of servers %j it is told: %s, %s', async (servers, ok, told) => {
  const found = await versionsFound(servers.map(([host, version]) => server(host, version)));
  expect([found.ok, found.text.en]).toEqual([ok, told]);
});
