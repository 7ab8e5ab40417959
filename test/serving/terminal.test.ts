import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServedHome } from './home.ts';

const events = `event_time,behavior,id_user,id_phone,item_id
2026-06-01 10:00:00,item_view,1,13800000001,a
2026-06-02 10:00:00,item_view,1,,a
2026-06-03 10:00:00,pay,1,,a
2026-06-03 11:00:00,impression,2,13900000002,b
not a time,item_view,3,,b
`;
/** One row is mended; the others, more than a request may hold, are of a file that is not there. */
const mended = `file_id,line,raw
1,6,"2026-06-04 09:00:00,item_view,3,,b"
${'99,1,"2026-06-04 09:00:00,item_view,9,,b"\n'.repeat(60_000)}`;

/** What is asked of a home both through a server and without one. */
const asked: readonly (readonly string[])[] = [
  ['list'],
  ['import', 'list'],
  ['rejects', 'list'],
  ['rules', 'list'],
  ['rules', 'show', 'default'],
  ['consumer', 'show', 'user:1'],
  ['explain', 'fast', '--from', '2026-06-01', '--to', '2026-06-10'],
  ['run', 'aipl-stock', '--on', '2026-06-03'],
  ['run', 'aipl-flow', '--from', '2026-06-01', '--to', '2026-06-03'],
  ['run', 'aipl-stock', '--on', '2026-06-03', '--people', '{"stage":"P"}'],
  ['run', 'aipl-stock', '--on', 'yesterday'],
  ['consumer', 'show', 'user:999'],
];

/** An answer without what each run has of its own: the time it took. */
function told(text: string): unknown {
  if (text === '') return '';
  const value: unknown = JSON.parse(text);
  return value && typeof value === 'object' && 'ms' in value ? { ...value, ms: 0 } : value;
}

describe('while a server holds a home, the terminal works through it:', () => {
  const home = new ServedHome();
  const alone = new Map<string, { code: number; out: unknown; err: string }>();

  beforeAll(async () => {
    await home.call('import', home.file('events.csv', events));
    for (const argv of asked) {
      const { code, out, err } = await home.call(...argv);
      alone.set(argv.join(' '), { code, out: told(out), err });
    }
    await home.serve();
  });
  afterAll(() => home.remove());

  test.each(asked.map((argv) => [argv.join(' '), argv] as const))('%s says the same', async (name, argv) => {
    const { code, out, err } = await home.call(...argv);
    expect({ code, out: told(out), err }).toEqual(alone.get(name));
  });

  test('only this user may read how the server is reached', () => {
    expect(statSync(join(home.dir, 'server.json')).mode & 0o777).toBe(0o600);
  });

  test('a second server on the home is refused, and says who holds it', async () => {
    const { startServer } = await import('../../src/http/server.ts');
    const second = startServer({
      home: home.dir,
      host: '127.0.0.1',
      port: 0,
      env: {},
      now: () => home.now,
      log: () => {},
    });
    await expect(second).rejects.toThrow(/in use: process \d+ holds/);
  });

  test('an import, the replay of a mended reject and the undoing of both go through the server', async () => {
    const imported = await home.call('import', home.file('more.csv', events.replaceAll(',1,', ',7,')));
    expect(JSON.parse(imported.out)).toMatchObject({ files: [{ read: 5, accepted: 4, rejected: 1 }], consumers: 2 });
    const replayed = await home.call('rejects', 'replay', '--from', home.file('mended.csv', mended));
    expect(JSON.parse(replayed.out)).toMatchObject({ files: [{ read: 1, accepted: 1 }], consumers: 3 });
    const undone = await home.call('import', 'undo', '2');
    expect(JSON.parse(undone.out)).toMatchObject({ import: 2, files: 1 });
    const { out } = await home.call('run', 'aipl-stock', '--on', '2026-06-04');
    expect(JSON.parse(out).rows).toEqual([
      { stage: 'A', consumers: 2 },
      { stage: 'I', consumers: 0 },
      { stage: 'P', consumers: 1 },
      { stage: 'L', consumers: 0 },
    ]);
  });

  test("a file that is not there is the caller's fault, by the same code and exit", async () => {
    const { code, err } = await home.call('import', join(home.files, 'none.csv'));
    expect([code, err.trim().split(' ').at(-1)]).toEqual([2, '[path]']);
  });

  test('a key made through the server opens it', async () => {
    const { out } = await home.call('key', 'add', 'program', '--role', 'viewer');
    const { name, key } = JSON.parse(out);
    expect(name).toBe('program');
    const { url } = await home.serve();
    const ask = (bearer: string) => fetch(`${url}/api/analyses`, { headers: { authorization: `Bearer ${bearer}` } });
    expect([(await ask(key)).status, (await ask(`${key}x`)).status]).toEqual([200, 401]);
  });

  test('when the server stops, the door is gone and the terminal opens the home itself', async () => {
    await home.stop();
    expect(existsSync(join(home.dir, 'server.json'))).toBe(false);
    expect((await home.call('run', 'aipl-stock', '--on', '2026-06-03')).code).toBe(0);
  });
});
