import type { Case } from '../cases.ts';
import type { Row } from '../world.ts';
import { bought, did, paidBack } from './rows.ts';

const on = '2026-06-30';

const shopper = (index: number) => `shopper ${index}`;
const orderBy = (index: number, day: string, amount: string): Row =>
  bought(shopper(index), day, { amount, category_id: 'tea' });

/** `buyers` who order once, the first `again` of them a second time. */
const sales = (month: string, { buyers, again, price }: { buyers: number; again: number; price: string }): Row[] => [
  ...Array.from({ length: buyers }, (_, index) => orderBy(index, `${month}-01`, price)),
  ...Array.from({ length: again }, (_, index) => orderBy(index, `${month}-30`, price)),
];

const inCategory = (id_user: string, day: string, category_id: string, amount: string, more: Row = {}): Row =>
  bought(id_user, day, { order_id: `${category_id} ${id_user} ${day}`, category_id, amount, ...more });

/** GROW, counted by hand; each in a home of its own. */
export const growCases: readonly Case[] = [
  {
    name: 'GROW splits 7500 into 10560 as the worked example does',
    rows: {
      orders: [
        ...sales('2025-06', { buyers: 100, again: 50, price: '50' }),
        ...sales('2026-06', { buyers: 120, again: 72, price: '55' }),
      ],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'grow',
          params: { from: '2026-06-01', to: on, base_from: '2025-06-01', base_to: '2025-06-30' },
          rows: [
            { category_id: 'tea', metric: 'G', value: 1630.49 },
            { category_id: 'tea', metric: 'R', value: 577.16 },
            { category_id: 'tea', metric: 'O', value: 852.35 },
          ],
        },
      ],
    },
  },
  {
    name: 'GROW tells reach, frequency, price and new categories apart, with refunds as known at the end',
    rows: {
      items: [{ item_id: 'pot', category_id: 'pots' }],
      events: [
        did('u', 'pay', '2026-05-10', { amount: '25' }),
        did('u', 'pay', '2026-06-10 10:00:00', { amount: '25' }),
        did('u', 'pay', '2026-06-10 10:00:00', { amount: '25' }),
        did('u', 'pay', '2026-05-10', { amount: '30', category_id: 'told twice' }),
        did('u', 'pay', '2026-06-10', { amount: '30', category_id: 'told twice', event_id: 'once' }),
        did('u', 'pay', '2026-06-10', { amount: '30', category_id: 'told twice', event_id: 'once' }),
        did('u', 'pay', '2026-05-10', { amount: '30', category_id: 'one order', order_id: 'in no file 1' }),
        did('u', 'pay', '2026-06-10', { amount: '20', category_id: 'one order', order_id: 'in no file 2' }),
        did('u', 'pay', '2026-06-11', { amount: '10', category_id: 'one order', order_id: 'in no file 2' }),
      ],
      orders: [
        inCategory('u', '2026-06-10', 'entered', '10', { line_id: '1' }),
        inCategory('u', '2026-06-10', 'entered', '20', { line_id: '2' }),
        inCategory('u', '2026-05-10', 'left', '40'),
        inCategory('u', '2026-05-10', 'lines', '50'),
        inCategory('u', '2026-06-10', 'lines', '25', { line_id: '1' }),
        inCategory('u', '2026-06-10', 'lines', '25', { line_id: '2' }),
        inCategory('u', '2026-05-10', 'part refunded', '100', paidBack('40', '2026-06-15')),
        inCategory('u', '2026-06-10', 'part refunded', '60', paidBack('30', '2026-07-01')),
        inCategory('u', '2026-06-10', 'row says bags', '70', { item_id: 'pot' }),
        inCategory('u', '2026-05-01', 'price', '100'),
        inCategory('u', '2026-06-30', 'price', '200'),
        inCategory('u', '2026-04-30', 'price', '999'),
        inCategory('u', '2026-07-01', 'price', '999'),
        inCategory('u', '2026-05-31', 'reach', '100'),
        inCategory('u', '2026-06-01', 'reach', '100'),
        inCategory('w', '2026-06-10', 'reach', '100'),
        inCategory('u', '2026-05-10', 'undone', '100', paidBack('100', '2026-06-30')),
      ],
    },
    on,
    expect: {
      answers: [
        {
          analysis: 'grow',
          params: { from: '2026-06-01', to: on, base_from: '2026-05-01', base_to: '2026-05-31' },
          rows: [
            { category_id: '', metric: 'R', value: 25 },
            { category_id: 'entered', metric: 'W', value: 30 },
            { category_id: 'left', metric: 'G', value: -40 },
            { category_id: 'pots', metric: 'W', value: 70 },
            { category_id: 'price', metric: 'O', value: 100 },
            { category_id: 'reach', metric: 'G', value: 100 },
          ],
        },
      ],
    },
  },
];
