import { afterAll, beforeAll, expect, test } from 'vitest';
import { onServer, postgresMissing, startPostgres } from '../../test/servers/postgres.ts';
import type { TestServer } from '../../test/servers/ready.ts';
import type { Locks } from './locks.ts';
import { openRegistry } from './open.ts';
import type { Registry } from './registry.ts';

const missing = postgresMissing();
const test_ = test.skipIf(missing);
let postgres: TestServer;
let one: Registry;
let two: Registry;

beforeAll(async () => {
  if (missing) return;
  postgres = await startPostgres();
  const open = () => openRegistry({ kind: 'server', url: postgres.url });
  [one, two] = await Promise.all([open(), open()]);
  await one.locks.join({ id: 'one', name: 'host', settings: { zone: 'UTC' } });
});

afterAll(async () => {
  await one?.close();
  await two?.close();
  await postgres?.stop();
});

/** A promise, and what ends it. */
function latch(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((go) => {
    open = go;
  });
  return { opened, open: () => open() };
}

/** Cuts every connection that holds anything or waits for it. */
const cut = () =>
  onServer(
    postgres.url,
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()`,
  );

const held = (locks: Locks) => locks.tryAlone('writer', async () => {});

test_(
  `who enters is told who else is there, and the same id enters once${missing ? ` (skipped: ${missing})` : ''}`,
  async () => {
    const others = await two.locks.join({ id: 'two', name: 'other', settings: {} });
    expect(others.map(({ id, name, settings }) => ({ id, name, settings }))).toEqual([
      { id: 'one', name: 'host', settings: { zone: 'UTC' } },
    ]);
    expect(await two.locks.living()).toEqual(new Set([one.locks.session, two.locks.session]));
    const again = await openRegistry({ kind: 'server', url: postgres.url });
    await expect(again.locks.join({ id: 'two', name: 'copy', settings: {} })).rejects.toMatchObject({
      code: 'server_twice',
    });
    await again.close();
  },
);

test_('one at a time has a lock, and inside it has it already', async () => {
  const [begun, end] = [latch(), latch()];
  const first = one.locks.alone('writer', async () => {
    begun.open();
    await end.opened;
    return one.locks.alone('writer', async () => 'inner');
  });
  await begun.opened;
  expect(await held(two.locks)).toBeUndefined();
  expect(await held(one.locks)).toBeUndefined();
  end.open();
  expect(await first).toBe('inner');
  expect(await held(two.locks)).toEqual({ done: undefined });
});

test_('a file is in hand for everybody while one server takes it in', async () => {
  await one.locks.hold(7, async () => {
    expect(await two.locks.held()).toEqual(new Set([7]));
  });
  expect(await two.locks.held()).toEqual(new Set());
});

test_('questions that never let go of the gate let a change of another server in all the same', async () => {
  let changed = false;
  let release = latch();
  let inside = one.locks.shared(() => release.opened);
  const change = two.locks.alone('gate', async () => {
    changed = true;
  });
  // Each question ends only when the next one has asked and was let in, or told to wait as a change does.
  while (!changed) {
    const [next, entered] = [latch(), latch()];
    const following = one.locks.shared(() => {
      entered.open();
      return next.opened;
    });
    for (let answered = 0; answered < 5; answered += 1) await one.locks.living();
    release.open();
    await inside;
    await entered.opened;
    [inside, release] = [following, next];
  }
  release.open();
  await Promise.all([inside, change]);
});

test_('a question whose gate was lost gives no answer, and the next one does', async () => {
  const question = one.locks.shared(async () => {
    await cut();
    return 'half read';
  });
  await expect(question).rejects.toMatchObject({ code: 'registry_lost' });
  expect(await one.locks.shared(async () => 'whole')).toBe('whole');
});

test_(
  'who follows one that lost a lock in the middle is told of it first, and what the former began is refused',
  async () => {
    const inherited: unknown[] = [];
    two.locks.inherit(async (name, formers) => void inherited.push([name, formers]));
    const session = await one.locks.alone('gate', async () => one.locks.session);
    const lost = one.locks.alone('gate', async () => {
      await cut();
      await one.locks.check();
    });
    await expect(lost).rejects.toMatchObject({ code: 'registry_lost' });
    expect(await two.locks.shared(async () => 'read')).toBe('read');
    expect(inherited).toEqual([['gate', [session]]]);
    await two.locks.alone('gate', async () => {});
    expect(inherited).toHaveLength(1);
    await one.locks.check();
    expect(one.locks.session).not.toBe(session);
  },
);

test_('what a failed heir could not end is left to the next, with the heir not among the dead', async () => {
  const session = await one.locks.alone('spans', async () => one.locks.session);
  const lost = one.locks.alone('spans', async () => {
    await cut();
    await one.locks.living().catch(() => {});
    await one.locks.check();
  });
  await expect(lost).rejects.toMatchObject({ code: 'registry_lost' });
  two.locks.inherit(async () => {
    throw new Error('the engine is away');
  });
  await expect(two.locks.alone('spans', async () => 'never')).rejects.toThrow('the engine is away');
  const told: unknown[] = [];
  two.locks.inherit(async (_, formers) => void told.push(formers));
  expect(await two.locks.alone('spans', async () => 'done')).toBe('done');
  expect(told).toEqual([[session]]);
});
