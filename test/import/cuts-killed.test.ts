import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutLink, cuts, liftCut } from '../../src/app/cuts.ts';
import type { NamedIdent } from '../../src/identity/cuts.ts';
import type { Context } from '../../src/intake/context.ts';
import { finishCuts, liftCut as lift, makeCut } from '../../src/intake/cuts.ts';
import { recover } from '../../src/intake/recover.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { sql } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
afterAll(() => home.end());

/** A context whose n-th statement that changes something, and all after it, fail: as when the process dies there. */
function dying(context: Context, after: number): { context: Context; count: () => number } {
  let left = after;
  const step =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('stopped')) : work(...args);
    };
  const { warehouse } = context;
  const mortal: Warehouse = Object.assign(Object.create(warehouse), {
    kind: warehouse.kind,
    rows: warehouse.rows.bind(warehouse),
    bytes: warehouse.bytes.bind(warehouse),
    run: step(warehouse.run.bind(warehouse)),
    insert: step(warehouse.insert.bind(warehouse)),
  });
  const mortalRegistry = (registry: Registry): Registry => {
    const rows: Registry['rows'] = (text, values) =>
      (/^\s*select/i.test(text) ? registry.rows(text, values) : step(() => registry.rows(text, values))()) as never;
    return {
      ...registry,
      rows,
      transaction: (work) => registry.transaction((inner) => work(mortalRegistry(inner))),
    };
  };
  return {
    context: { ...context, warehouse: mortal, registry: mortalRegistry(context.registry) },
    count: () => after - left,
  };
}

const strays = () =>
  home.rows(sql`SELECT name FROM system.tables WHERE database = currentDatabase()
    AND match(name, '^moving_|^identity_|^doomed')`);
const state = async () => [
  await home.state(),
  await home.ask('aipl-stock', { on: '2026-06-30' }),
  await home.ask('rfm', { on: '2026-06-30' }),
];
const device = { identifier: 'device:tablet' };

test('a process that ends between any two statements of a cut, or of its lifting, leaves what the next start ends', async () => {
  const at = { event_time: '2026-06-20', behavior: 'cart' };
  await home.bring(
    'events.csv',
    csv([
      { ...at, id_user: 'ann', id_device: 'tablet' },
      { ...at, id_user: 'bob', id_device: 'tablet' },
      { ...at, id_user: '', id_device: 'tablet' },
    ]),
  );
  const order = { order_id: 'o', order_time: '2026-06-10', amount: '30', status: 'paid', id_user: 'ann' };
  await home.bring('orders.csv', csv([order]));
  const joined = await state();
  const { id } = await cutLink(home.context, device, 'test');
  const parted = await state();
  expect(parted).not.toEqual(joined);
  const [entry] = await home.context.registry.rows<{ what: { identifier: NamedIdent } }>('SELECT what FROM cut');
  if (!entry) throw new Error('no cut was kept');
  const cutting = { kind: 'identifier' as const, ...entry.what };

  const counting = dying(home.context, 1_000_000);
  await lift(counting.context, id);
  expect(await state()).toEqual(joined);
  const statements = counting.count();
  expect(statements).toBeGreaterThan(47);
  for (const moment of [0, 2, 20, 31, 36, 41, 47]) {
    const again = { cutting, madeBy: 'test', note: '' };
    await expect(makeCut(dying(home.context, moment).context, again)).rejects.toThrow('stopped');
    await recover(home.context);
    const made = await makeCut(home.context, again);
    expect([moment, await state(), await strays()]).toEqual([moment, parted, []]);
    await expect(lift(dying(home.context, moment).context, made.id)).rejects.toThrow('stopped');
    await home.context.gate.alone(() => finishCuts(home.context));
    const [last] = await cuts(home.context);
    if (last?.lifted_at === null) await liftCut(home.context, made.id, 'test');
    expect([moment, await state()]).toEqual([moment, joined]);
  }
}, 120_000);
