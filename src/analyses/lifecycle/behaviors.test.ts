import { expect, test } from 'vitest';
import { ask, lens, peopleOf, store, tell } from '../testing/world.ts';
import { behaviors } from './behaviors.ts';

const { warehouse } = store();
const range = { from: '2026-06-29', to: '2026-06-30' };
const told = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => Object.values(row).join(' '));

test('each behaviour of a day counts its events and its consumers, a payment once a line', async () => {
  await tell(warehouse(), {
    events: [
      { consumer: 1, time: '2026-06-29 08:00:00', behavior: 'click' },
      { consumer: 1, time: '2026-06-29 09:00:00', behavior: 'click' },
      { consumer: 2, time: '2026-06-29 09:00:00', behavior: 'click' },
      { consumer: 0, time: '2026-06-29 09:00:00', behavior: 'click' },
      { consumer: 2, time: '2026-06-30', behavior: 'cart', brand: 'Other' },
      { consumer: 2, time: '2026-06-30', behavior: 'pay', order_id: 'one', amount: 5 },
      { consumer: 2, time: '2026-07-01', behavior: 'click' },
    ],
    orders: [
      { consumer: 2, order_id: 'one', paid: '2026-06-30' },
      { consumer: 3, order_id: 'two', paid: '2026-06-30' },
      { consumer: 4, order_id: 'three', paid: '2026-06-30', refund: 100, refunded: '2026-06-30' },
    ],
  });
  const rows = await ask(warehouse(), behaviors, range);
  expect(told(rows)).toEqual(['2026-06-29 click 3 2', '2026-06-30 cart 1 1', '2026-06-30 pay 2 2']);
  expect(await Promise.all(rows.map((row) => peopleOf(warehouse(), behaviors, row, range)))).toEqual([
    [1, 2],
    [2],
    [2, 3],
  ]);
  const own = await ask(warehouse(), behaviors, range, lens({ own: ['Qian'] }));
  expect(told(own)).toEqual(['2026-06-29 click 3 2', '2026-06-30 pay 2 2']);
});

test('an empty store has no row', async () => {
  await tell(warehouse(), {});
  expect(await ask(warehouse(), behaviors, range)).toEqual([]);
});
