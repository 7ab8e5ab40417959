import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { call } from '../calling.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a push is made of its options', async () => {
  const words =
    'push create june --audience carted --to hand --identifiers phone:md5,oaid:md5 --holdout 0.2 --cap 3/30';
  const { code, asked } = await call([...words.split(' '), '--exclude', 'staff', '--cron', '0 9 * * *']);
  expect(code).toBe(0);
  expect(asked).toContainEqual([
    'createPush',
    {
      ...{ name: 'june', audience: 'carted', destination: 'hand', identifiers: ['phone:md5', 'oaid:md5'] },
      ...{ holdout: 0.2, minimum: 100, cap: { pushes: 3, days: 30 }, exclude: ['staff'] },
      ...{ trigger: 'schedule', cron: '0 9 * * *' },
    },
  ]);
});

test.each([
  ['--holdout', '0.9'],
  ['--identifiers', 'phone'],
  ['--cap', 'often'],
])('%s of %s is refused', async (option, value) => {
  const { code } = await call(['push', 'create', 'june', '--audience', 'carted', '--to', 'hand', option, value]);
  expect(code).toBe(2);
});

test('a run tells what it came to, for people and for programs', async () => {
  expect((await call(['push', 'run', 'june', '--format', 'table', '--lang', 'en'])).out).toBe(
    'june: 1,165 consumers sent to, 129 kept as control; 1,165 records delivered, 0 refused.\n',
  );
  const { out, asked } = await call(['push', 'run', 'june', '--on', '2026-06-01', '--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({ id: 3, state: 'done', counts: { treated: 1165, control: 129 } });
  expect(asked).toContainEqual(['runPush', 'june', { on: '2026-06-01' }]);
});

test('a file is printed as it is', async () => {
  const { out, asked } = await call(['push', 'file', 'june', '--all']);
  expect(out).toBe('operation,phone_md5\n');
  expect(asked).toContainEqual(['pushFile', 'june', { what: 'all', format: 'csv' }]);
});

test('a secret of a destination may stand in a file, and one that is made is told', async () => {
  const path = join(folder, 'token');
  writeFileSync(path, 'secret\n');
  const set = ['--set', 'advertiser_id=17', `access_token=@${path}`];
  const { out, asked } = await call([
    'destination',
    'add',
    'ocean',
    '--kind',
    'oceanengine',
    ...set,
    '--format',
    'json',
  ]);
  expect(asked).toContainEqual([
    'addDestination',
    { name: 'ocean', kind: 'oceanengine', settings: { advertiser_id: '17', access_token: 'secret' } },
  ]);
  expect(JSON.parse(out)).toMatchObject({ made: { secret: 'whs_0123' } });
});

test.each([
  [['--set', 'nonsense'], '--set takes name=value'],
  [['--set', 'token=@/nowhere/at/all'], 'cannot be read'],
])('%j is refused', async (set, why) => {
  const { code, err } = await call(['destination', 'add', 'ocean', '--kind', 'oceanengine', ...set, '--lang', 'en']);
  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
});
