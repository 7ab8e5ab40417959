import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServedHome } from '../serving/home.ts';

const events = `event_time,behavior,id_user,item_id
2026-06-01 10:00:00,item_view,1,a
2026-06-03 10:00:00,pay,1,a
not a time,item_view,3,b
`;

describe('while a server holds a home', { timeout: 120_000 }, () => {
  const home = new ServedHome();
  const again = new ServedHome();
  const file = join(home.files, 'served.qcb');

  beforeAll(async () => {
    await home.call('import', home.file('events.csv', events));
    await home.serve();
  });
  afterAll(async () => {
    await home.remove();
    await again.remove();
  });

  test('a backup is made by it, as a job of an administrator', async () => {
    const { code, out } = await home.call('backup', file);
    expect([code, JSON.parse(out)]).toMatchObject([0, { file: 'served.qcb', key: true }]);
    const { services } = await home.serve();
    const { items } = await services.jobs.list({ limit: 10 });
    expect(items).toMatchObject([{ kind: 'backup', status: 'done', title: 'served.qcb', result: { key: true } }]);
  });

  test('the backup becomes a home of its own, in which the backup is not made again', async () => {
    const { code, out } = await again.call('restore', file);
    expect([code, JSON.parse(out)]).toMatchObject([0, { home: again.dir, at: home.now.toISOString() }]);
    for (const asked of [
      ['import', 'list'],
      ['rejects', 'list'],
      ['consumer', 'show', 'user:1'],
    ])
      expect((await again.call(...asked)).out).toBe((await home.call(...asked)).out);
    const { services } = await again.serve();
    const { items } = await services.jobs.list({ limit: 10 });
    expect(items).toMatchObject([{ kind: 'backup', status: 'cancelled' }]);
  });

  test.each([
    ['move', '--to', 'embedded'],
    ['move', '--drop'],
  ])('%s %s %s is refused: the server would go on with the old stores', async (...argv) => {
    const { code, err } = await home.call(...argv.filter(Boolean));
    expect([code, err]).toEqual([2, expect.stringContaining('stop it')]);
  });

  test('nothing of it is written elsewhere than into the file', () => {
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(existsSync(join(home.dir, 'backup.new'))).toBe(false);
  });
});
