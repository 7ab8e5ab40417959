import type { Case } from '../cases.ts';
import type { Scope } from '../paid.ts';
import type { Stage } from '../stage.ts';
import type { Row, Rows } from '../world.ts';
import { bought, did, joined, reviewed } from './rows.ts';

const on = '2026-06-30';

const items: readonly Row[] = [
  { item_id: 'tea', brand: 'Qian', category_id: 'drinks' },
  { item_id: 'mug', brand: 'Other', category_id: 'cups' },
  { item_id: 'bare', brand: '', category_id: '' },
];

/** One consumer `u` who did all this, and the stage under each scope. */
const rows: Partial<Rows> = {
  items,
  events: [
    did('u', 'impression', '2026-06-20'),
    did('u', 'cart', '2026-06-20', { item_id: 'mug', brand: 'Qian', category_id: 'drinks' }),
    did('u', 'click', '2026-06-20', { item_id: 'bare', brand: 'Third', category_id: 'bags' }),
    did('u', 'item_view', '2026-06-20', { item_id: 'not in items', brand: 'Fourth', category_id: 'hats' }),
  ],
  orders: [bought('u', '2026-05-01', { item_id: 'tea', brand: 'Third', category_id: 'bags' })],
};

const table: readonly { name: string; scope: Scope; stage: Stage | 'none' }[] = [
  { name: 'without a scope all rows count', scope: {}, stage: 'P' },
  { name: 'a brand takes the rows whose item is of it', scope: { brand: 'Qian' }, stage: 'P' },
  { name: "an item's brand goes before the row's", scope: { brand: 'Other' }, stage: 'I' },
  { name: "an item without a brand leaves the row's", scope: { brand: 'Third' }, stage: 'A' },
  { name: "an item not in items leaves the row's", scope: { brand: 'Fourth' }, stage: 'A' },
  { name: 'an unknown brand has nobody', scope: { brand: 'Nobody' }, stage: 'none' },
  { name: 'a category takes the rows whose item is in it', scope: { category: 'drinks' }, stage: 'P' },
  { name: "an item's category goes before the row's", scope: { category: 'cups' }, stage: 'I' },
  { name: "an item without a category leaves the row's", scope: { category: 'bags' }, stage: 'A' },
  { name: 'brand and category both must hold', scope: { brand: 'Qian', category: 'cups' }, stage: 'none' },
  { name: 'own brands take their rows and those without a brand', scope: { ownBrands: ['Other'] }, stage: 'I' },
  { name: 'own brands leave the rows of others out', scope: { ownBrands: ['Fifth'] }, stage: 'A' },
  { name: 'a brand asked for goes before the own brands', scope: { brand: 'Qian', ownBrands: ['Other'] }, stage: 'P' },
];

/** Brand and category scope; cases of one `rows` object may share a home. */
export const scopeCases: readonly Case[] = [
  ...table.map(({ name, scope, stage }) => ({ name, rows, on, scope, expect: { stages: { u: stage } } })),
  {
    name: 'neither membership nor following counts in a category',
    rows: {
      members: [joined('m', '2025-01-01')],
      events: [did('f', 'follow', '2025-01-01', { category_id: 'drinks' })],
    },
    on,
    scope: { category: 'drinks' },
    expect: { stages: { m: 'none', f: 'none' } },
  },
  {
    name: 'of a brand only the following of that brand counts, and no membership',
    rows: {
      members: [joined('m', '2025-01-01')],
      events: [
        did('f', 'follow', '2025-01-01', { brand: 'Qian' }),
        did('f', 'unfollow', '2025-02-01', { brand: 'Other' }),
        did('g', 'follow', '2025-01-01'),
      ],
    },
    on,
    scope: { brand: 'Qian' },
    expect: { stages: { m: 'none', f: 'I', g: 'none' } },
  },
  {
    name: 'membership and following without a brand count for the own brands',
    rows: { members: [joined('m', '2025-01-01')], events: [did('g', 'follow', '2025-01-01')] },
    on,
    scope: { ownBrands: ['Qian'] },
    expect: { stages: { m: 'I', g: 'I' } },
  },
  {
    name: 'loyalty to a category needs two pay days in it',
    rows: {
      items,
      orders: [
        bought('u', '2026-05-01', { item_id: 'tea' }),
        bought('u', '2026-05-02', { item_id: 'mug' }),
        bought('w', '2026-05-01', { item_id: 'tea' }),
        bought('w', '2026-05-02', { category_id: 'drinks' }),
      ],
    },
    on,
    scope: { category: 'drinks' },
    expect: { stages: { u: 'P', w: 'L' } },
  },
  {
    name: 'a review counts in the category of its item',
    rows: {
      items,
      orders: [bought('u', '2026-05-01', { item_id: 'tea' }), bought('w', '2026-05-01', { item_id: 'tea' })],
      reviews: [
        reviewed('u', '2026-05-10', '5', { item_id: 'tea' }),
        reviewed('w', '2026-05-10', '5', { item_id: 'mug' }),
      ],
    },
    on,
    scope: { category: 'drinks' },
    expect: { stages: { u: 'L', w: 'P' } },
  },
  {
    name: 'a refund event follows its payment into every scope',
    rows: {
      events: [
        did('u', 'pay', '2026-05-01', { order_id: 'o', category_id: 'drinks', brand: 'Qian' }),
        did('u', 'refund', '2026-05-02', { order_id: 'o' }),
      ],
    },
    on,
    scope: { category: 'drinks' },
    expect: { stages: { u: 'none' } },
  },
];
