import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp } from '../../src/app/backup/backup.ts';
import { placeAt } from '../../src/app/backup/place.ts';
import { restore } from '../../src/app/backup/restore.ts';
import { unwatched } from '../../src/base/progress.ts';
import { freshHome, now } from '../product.ts';
import { credentials, type Storage, startStorage } from './s3.fixture.ts';
import { inHome, sumsOf } from './world.fixture.ts';

describe('a backup in an S3-compatible storage', { timeout: 120_000 }, () => {
  const home = freshHome();
  let storage: Storage;
  const reaching = (more = {}) => ({
    env: { ...credentials, AWS_ENDPOINT_URL: storage.url, ...more },
    allow: ['127.0.0.1'],
    now: () => now,
  });
  const saved = async (to: string, more = {}) =>
    backUp((await home.product()).installation, { to, withKey: true }, reaching(more), unwatched);

  beforeAll(async () => {
    storage = await startStorage();
    const path = join(home.files, 'events.csv');
    writeFileSync(path, 'event_time,behavior,id_user\n2026-06-01 10:00:00,click,1\n2026-06-02 10:00:00,pay,2\n');
    await home.import(path);
  });
  afterAll(() => storage.stop());

  test('restores from there, whole', async () => {
    const to = 's3://brand-backups/2026/周一 (1).qcb';
    await saved(to);
    const dir = join(home.files, 'again');
    const { env } = reaching();
    await expect(restore({ from: to, dir, env, now: () => now }, unwatched)).rejects.toMatchObject({
      code: 'outbound_refused',
    });
    const source = await sumsOf(await home.product());
    await home.close();
    mkdirSync(dir);
    writeFileSync(join(dir, 'config.yaml'), 'outbound_allow: ["127.0.0.1"]\n');
    await restore({ from: to, dir, env, now: () => now }, unwatched);
    await inHome(dir, async (again) => expect(await sumsOf(again)).toEqual(source));
    expect(storage.open.size).toBe(0);
    await expect(saved(to)).rejects.toMatchObject({ code: 'backup_exists' });
  });

  test('an upload that fails is given up, and no object stands', async () => {
    storage.failing.add('PUT');
    await expect(saved('s3://brand-backups/failed')).rejects.toMatchObject({ code: 'backup_s3' });
    storage.failing.clear();
    expect([storage.open.size, [...storage.objects.keys()].filter((key) => key.endsWith('failed'))]).toEqual([0, []]);
  });

  test.each([
    ['s3://brand-backups', {}, 'backup_s3'],
    ['s3://Brand/../x', {}, 'backup_s3'],
    ['s3://brand-backups/x', { AWS_ACCESS_KEY_ID: '' }, 'backup_s3'],
    ['s3://brand-backups/x', { AWS_SECRET_ACCESS_KEY: 'other' }, 'backup_s3'],
    ['s3://brand-backups/x', { AWS_ENDPOINT_URL: 'http://169.254.169.254' }, 'outbound_refused'],
    ['s3://brand-backups/x', { AWS_ENDPOINT_URL: 'http://10.0.0.1:9000' }, 'outbound_refused'],
  ])('%s with %j is refused as %s', async (to, more, code) => {
    await expect(saved(to, more)).rejects.toMatchObject({ code });
  });

  test('a backup that is not there', async () => {
    await expect(placeAt('s3://brand-backups/none', reaching()).read()).rejects.toMatchObject({ code: 'backup_file' });
  });
});
