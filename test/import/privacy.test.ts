import { fork, spawn } from 'node:child_process';
import { createDecipheriv, createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { id, sql } from '../../src/warehouse/sql.ts';
import { csv, Home } from './home.ts';

/** Values that occur nowhere else, so that a hit in any file is a leak. */
const values = {
  phone: '13987650123',
  other: '13987650456',
  email: 'zhaoqian.sun@li-example.cn',
  openid: 'oX9f-qQ2wKz_openid_77',
  device: 'dev-5f0c77aa91-only',
  oaid: 'oaid-ab12cd34ef56',
  mask: '15987650789',
  unread: '15987650321',
  wrong: '15987650654',
} as const;

const home = new Home('identifiers:\n  wechat: { personal: true }\n');
const digest = (algorithm: string, value: string) => createHash(algorithm).update(value).digest();
/** What must not be found: each value, and its unsalted digests as hex in either case and as bytes. */
const forbidden = Object.values(values).flatMap((value) => [
  Buffer.from(value),
  ...['md5', 'sha1', 'sha256'].flatMap((algorithm) => {
    const bytes = digest(algorithm, value);
    return [bytes, Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('hex').toUpperCase())];
  }),
]);

function leaksIn(bytes: Buffer): string[] {
  return forbidden.filter((each) => bytes.includes(each)).map((each) => each.toString('latin1'));
}

/** Leaks in every byte of every file below a folder; files that vanish while it is read are no longer there to leak. */
function leaksBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const name = path(entry.parentPath, entry.name);
    try {
      return leaksIn(readFileSync(name)).map((leak) => `${name}: ${leak}`);
    } catch {
      return [];
    }
  });
}

const spills = () => readdirSync('/dev/shm').filter((name) => name.startsWith('qiancheng'));

const event = (more: Record<string, string>) => ({
  event_time: '2026-06-01',
  behavior: 'pv',
  id_user: '',
  id_phone: '',
  id_email: '',
  id_openid: '',
  id_device: '',
  id_oaid: '',
  id_wechat: '',
  ...more,
});
const folder = () =>
  home.folder({
    'events.csv': csv([
      event({ id_user: 'u1', id_phone: `+86 ${values.phone}`, id_email: ` ${values.email.toUpperCase()} ` }),
      event({ id_openid: values.openid, id_device: values.device, id_oaid: values.oaid, id_wechat: values.mask }),
      event({ id_user: 'u2', id_phone: values.other, event_time: `${values.wrong} is no time` }),
    ]),
    // An entity that is about nobody has no place for an identifier; a header may be written in capitals.
    'items.csv': csv([{ item_id: 'i', title: 't', ID_Phone: values.unread }]),
    'unknown.csv': csv([{ strange: 'x', tel: values.unread, note: values.wrong }]),
    'orders.jsonl': `${JSON.stringify({ order_id: 'o', order_time: '2026-06-01', amount: 5, id_phone: values.phone })}\n{"broken": "${values.wrong}"\n`,
  });

beforeAll(() => home.open());
afterAll(() => home.end());

test.runIf(process.platform === 'linux')(
  'no file of a home holds a personal value, or what anybody could make of it',
  async () => {
    const at = folder();
    const watching: string[] = [];
    const { importPath } = await import('../../src/app/importing.ts');
    let looks = 0;
    const watch = () => {
      if (looks++ % 3 === 0) watching.push(...leaksBelow(home.dir));
    };
    const report = await importPath({ ...home.context, watch }, at, {});
    expect(report.files.map(({ file, read, rejected }) => [file, read, rejected])).toEqual([
      ['events.csv', 3, 1],
      ['items.csv', 1, 0],
      ['orders.jsonl', 2, 1],
      ['unknown.csv', 1, 1],
    ]);
    expect(looks).toBeGreaterThan(5);
    expect(watching).toEqual([]);
    expect((await home.rejects()).map(({ raw }) => raw).join()).toContain(values.wrong);
    const shown = JSON.stringify([
      report,
      (await home.consumer(`phone:${values.phone}`)).identifiers,
      await home.context.registry.rows('SELECT * FROM import_file'),
    ]);
    expect(leaksIn(Buffer.from(shown))).toEqual([]);
    const tables = await home.rows<{ name: string }>(
      sql`SELECT name FROM system.tables WHERE database = currentDatabase()`,
    );
    for (const { name } of tables)
      expect([name, leaksIn(Buffer.from(await home.context.warehouse.bytes(sql`SELECT * FROM ${id(name)}`)))]).toEqual([
        name,
        [],
      ]);
    await home.close();
    expect([leaksBelow(home.dir), spills()]).toEqual([[], []]);
    await home.open();
  },
);

test('the sealed digests open with the key of the home to those of the normalised value', async () => {
  const { keys } = home.context;
  const opened = await home.rows<{ type: string; sealed: string }>(sql`SELECT i.type AS type, hex(d.sealed) AS sealed
    FROM (SELECT * FROM digests FINAL) AS d INNER JOIN (SELECT * FROM identifiers FINAL) AS i ON i.ident = d.ident`);
  const found = opened.map(({ type, sealed }) => {
    const bytes = Buffer.from(sealed, 'hex');
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(keys.digest, 'hex'), bytes.subarray(0, 12));
    cipher.setAuthTag(bytes.subarray(-16));
    return `${type} ${Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('hex')}`;
  });
  const expected = (['phone', 'email', 'openid', 'device', 'oaid'] as const).map(
    (type) => `${type} ${digest('md5', values[type]).toString('hex')}${digest('sha256', values[type]).toString('hex')}`,
  );
  expect(found.sort()).toEqual(
    [
      ...expected,
      `wechat ${digest('md5', values.mask).toString('hex')}${digest('sha256', values.mask).toString('hex')}`,
    ].sort(),
  );
});

test('what the terminal prints about an import, and what a killed one leaves, tells nothing either', async () => {
  const at = folder();
  await home.close();
  const main = path(import.meta.dirname, '../../src/cli/main.ts');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, '--home', home.dir, '--format', 'table', 'import', at, '--source', 'second'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  const text = Buffer.concat(said);
  expect(text.toString()).toContain('events.csv');
  expect(leaksIn(text)).toEqual([]);
  const many = home.file(
    'events.csv',
    csv(
      Array.from({ length: 30_000 }, (_, i) =>
        event({ id_user: `v${i}`, id_phone: i % 2 === 0 ? values.phone : values.other, id_openid: `${values.openid}` }),
      ),
    ),
  );
  const killed = fork(path(import.meta.dirname, 'kill.fixture.ts'), [home.dir, many], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  killed.on('message', ({ step }: { step?: string }) => {
    if (step === 'events.csv' || step === 'identity') setTimeout(() => killed.kill('SIGKILL'), 100);
  });
  await new Promise((resolve) => killed.once('exit', resolve));
  expect([leaksBelow(home.dir), spills()]).toEqual([[], []]);
  await home.open();
});

test('the raw text of a reject goes after thirty days, and that there was one stays', async () => {
  const kept = (await home.rejects()).filter(({ raw }) => raw !== '').length;
  expect(kept).toBeGreaterThan(2);
  const rejects = (await home.rejects()).length;
  home.now = new Date('2026-07-30T00:00:00Z');
  await home.reopen();
  expect((await home.rejects()).filter(({ raw }) => raw !== '')).toHaveLength(kept);
  home.now = new Date(Date.now() + 40 * 86_400_000);
  await home.reopen();
  const later = await home.rejects();
  expect([later.length, later.filter(({ raw }) => raw !== '').length]).toEqual([rejects, 0]);
});
