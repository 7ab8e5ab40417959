import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { restore } from '../../src/app/backup/restore.ts';
import { CancelledError, unwatched } from '../../src/base/progress.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome, now, type Product } from '../product.ts';
import { type Filled, fillHome, inHome, openHome, shelfOf, sumsOf } from './world.fixture.ts';

describe('a backup', { timeout: 180_000 }, () => {
  const home = freshHome({ brands: ['X'] });
  let product: Product;
  let file = '';
  let before: Filled;
  const at = (name: string) => join(home.files, name);
  const restored = (name: string, from = file, env = {}) =>
    restore({ from, dir: at(name), env, now: () => now }, unwatched);

  beforeAll(async () => {
    before = await fillHome(home);
    product = before.product;
    // What a question that was killed while it kept spans leaves behind is no part of a home.
    await product.installation.context.warehouse.run(sql`CREATE TABLE reopened_events AS events`);
    file = at('home.qcb');
    await product.backup({ to: file, withKey: true }, unwatched);
  });

  test('is of this user alone, leaves no copies behind, and is never written over', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const left = await product.installation.context.warehouse.rows(
      sql`SELECT name FROM system.tables WHERE startsWith(name, 'copy_')`,
    );
    expect(left).toEqual([]);
    expect(readdirSync(product.installation.home.dir)).not.toContain('backup.new');
    await expect(product.backup({ to: file, withKey: true }, unwatched)).rejects.toMatchObject({
      code: 'backup_exists',
    });
  });

  test('restored, it gives the same rows, the same answers and the same files', async () => {
    const told = await restored('again');
    expect(told.rows).toBeGreaterThan(1000);
    await inHome(at('again'), async (again) => {
      expect(await sumsOf(again)).toEqual(before.sums);
      expect(await shelfOf(again)).toEqual(before.shelf);
    });
    expect(readFileSync(join(at('again'), 'reports/1/a 报告.csv'), 'utf8')).toBe('kept\n');
    for (const own of ['key', 'server'])
      expect(readFileSync(join(at('again'), own))).toEqual(readFileSync(join(product.installation.home.dir, own)));
    expect(readdirSync(home.files).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  test('made without the key, it needs the key', async () => {
    const bare = at('bare.qcb');
    await product.backup({ to: bare, withKey: false }, unwatched);
    await expect(restored('keyless', bare)).rejects.toMatchObject({ code: 'backup_key' });
    await expect(restored('keyless', bare, { QIANCHENG_KEY: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'backup_key',
    });
    expect(existsSync(at('keyless'))).toBe(false);
    mkdirSync(at('keyed'));
    copyFileSync(join(product.installation.home.dir, 'key'), join(at('keyed'), 'key'));
    await restored('keyed', bare);
    await inHome(at('keyed'), async (keyed) => expect(await sumsOf(keyed)).toEqual(before.sums));
  });

  test('an import that was cut short goes on in the restored home, from where it was', async () => {
    const path = at('more.csv');
    writeFileSync(path, 'event_time,behavior,id_user\n2026-06-20 10:00:00,click,new1\n2026-06-21 10:00:00,pay,new2\n');
    const cut = product.importPath(path, {}, ({ rows = 0 }) => {
      if (rows > 0) throw new CancelledError(true);
    });
    await expect(cut).rejects.toMatchObject({ code: 'cancelled' });
    const held = at('held.qcb');
    await product.backup({ to: held, withKey: true }, unwatched);
    await restored('held', held);
    const goOn = async (each: Product) => {
      const report = await each.importPath(path, {}, unwatched);
      expect(report.files).toMatchObject([{ read: 2, accepted: 2, rejected: 0 }]);
      return (await each.doctor()).checks.filter(({ ok }) => !ok);
    };
    const staged = sql`SELECT count() AS tables FROM system.tables WHERE match(name, '^stage_[0-9]+$')`;
    await inHome(at('held'), async (again) => {
      expect(await again.installation.context.warehouse.rows(staged)).toEqual([{ tables: 1 }]);
      expect(await goOn(again)).toEqual([]);
    });
    expect(await goOn(product)).toEqual([]);
  });

  test('a folder that holds something is left as it is', async () => {
    mkdirSync(at('full'));
    writeFileSync(join(at('full'), 'notes.txt'), 'mine');
    await expect(restored('full')).rejects.toMatchObject({ code: 'restore_not_fresh' });
    expect(readdirSync(at('full'))).toEqual(['notes.txt']);
  });

  test.each([
    ['cut off in the middle', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['cut off at its last byte', (path: string) => truncateSync(path, statSync(path).size - 1)],
    ['changed in one byte', (path: string) => change(path, 0.6)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['no backup at all', (path: string) => writeFileSync(path, 'a text')],
  ])('%s: told as damaged, and nothing is left', async (name, harm) => {
    const harmed = at(`harmed ${name}`);
    copyFileSync(file, harmed);
    harm(harmed);
    await expect(restored('harmed-home', harmed)).rejects.toMatchObject({ code: 'backup_damaged' });
    expect(existsSync(at('harmed-home'))).toBe(false);
    expect(existsSync(`${at('harmed-home')}.restoring`)).toBe(false);
  });

  test('a home of the same name in use elsewhere is not disturbed', async () => {
    const again = await openHome(at('again'));
    await expect(restored('again')).rejects.toMatchObject({ code: 'restore_not_fresh' });
    await again.close();
  });
});

function change(path: string, share: number): void {
  const bytes = readFileSync(path);
  const place = Math.floor(bytes.length * share);
  bytes[place] = (bytes[place] ?? 0) ^ 0x5a;
  writeFileSync(path, bytes);
}
