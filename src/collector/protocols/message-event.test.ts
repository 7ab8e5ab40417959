import { describe, expect, test } from 'vitest';
import { segmentWords } from '../words/segment.ts';
import { meaning } from '../words.ts';
import { saidRows } from './message-event.ts';
import type { Message } from './message-json.ts';
import { majorText, minorUnits, shared } from './message-lines.ts';

const rowsOf = (name: string, properties: Message) =>
  saidRows({
    id: 'm',
    word: meaning(name, segmentWords),
    ids: { id_user: 'u' },
    time: undefined,
    sent: undefined,
    received: 1,
    properties,
    beside: {},
  });
const linesOf = (name: string, properties: Message) =>
  rowsOf(name, properties).map(({ cells: { event_id, behavior, item_id, quantity, amount } }) => [
    event_id,
    behavior,
    item_id,
    quantity,
    amount,
  ]);

const two = [
  { product_id: 'a', price: 10, quantity: 1 },
  { product_id: 'b', price: 10, quantity: 2 },
];

describe('an order is a payment for each of its products, together what was paid:', () => {
  test.each<[string, Message, unknown[][]]>([
    [
      'the total',
      { total: 27.5, revenue: 25, products: two },
      [
        ['m#1', 'pay', 'a', '1', '9.17'],
        ['m#2', 'pay', 'b', '2', '18.33'],
      ],
    ],
    [
      'no total: the revenue',
      { revenue: '15.00', products: two },
      [
        ['m#1', 'pay', 'a', '1', '5.00'],
        ['m#2', 'pay', 'b', '2', '10.00'],
      ],
    ],
    [
      'neither: the value',
      { value: 3, products: two },
      [
        ['m#1', 'pay', 'a', '1', '1.00'],
        ['m#2', 'pay', 'b', '2', '2.00'],
      ],
    ],
    [
      'none: the goods less the discount',
      { discount: 3, products: two },
      [
        ['m#1', 'pay', 'a', '1', '9.00'],
        ['m#2', 'pay', 'b', '2', '18.00'],
      ],
    ],
    [
      'no prices: shared alike to the last cent',
      { total: 10, products: ['a', 'b', 7] },
      [
        ['m#1', 'pay', 'a', undefined, '3.34'],
        ['m#2', 'pay', 'b', undefined, '3.33'],
        ['m#3', 'pay', '7', undefined, '3.33'],
      ],
    ],
    ['nothing at all known', { products: [{ sku: 's' }] }, [['m#1', 'pay', 's', undefined, undefined]]],
    [
      'the order’s own quantity is no line’s',
      { total: 4, quantity: 9, products: [{ sku: 's' }, null, {}] },
      [
        ['m#1', 'pay', 's', undefined, '2.00'],
        ['m#2', 'pay', undefined, undefined, '2.00'],
      ],
    ],
    [
      'a total that is no money is told, for the intake to refuse',
      { total: 'free', products: [{ sku: 's' }] },
      [['m#1', 'pay', 's', undefined, 'free']],
    ],
    ['no products: one row', { total: 12.345, quantity: 2 }, [['m', 'pay', undefined, '2', '12.35']]],
    ['products that are no list', { revenue: 1, products: 'x' }, [['m', 'pay', undefined, undefined, '1.00']]],
  ])('%s', (_, properties, expected) => {
    expect(linesOf('Order Completed', { order_id: 'o', ...properties })).toEqual(expected);
  });

  test('each line carries the order, its own columns and its own props', () => {
    const products = [{ product_id: 'a', category: 'skin', brand: 'B', price: 1, variant: 'red' }];
    expect(rowsOf('Order Completed', { order_id: 'o', value: 5, coupon: 'c', products })).toEqual([
      {
        entity: 'events',
        cells: {
          event_id: 'm#1',
          event_time: '1',
          behavior: 'pay',
          id_user: 'u',
          order_id: 'o',
          item_id: 'a',
          category_id: 'skin',
          brand: 'B',
          amount: '5.00',
        },
        props: { coupon: 'c', value: '5', 'product.price': '1', 'product.variant': 'red', received_time: '1' },
      },
    ]);
  });
});

test.each<[string, string, Message, unknown[]]>([
  ['a refund', 'Order Refunded', { order_id: 'o', total: 30 }, ['m', 'refund', undefined, undefined, '30.00']],
  [
    'a refund written below zero',
    'Order Refunded',
    { order_id: 'o', total: -30 },
    ['m', 'refund', undefined, undefined, '30.00'],
  ],
  [
    'one that names products is partial',
    'Order Refunded',
    { order_id: 'o', total: 10, products: two },
    ['m', 'refund_partial', undefined, undefined, '10.00'],
  ],
  [
    'one of less than the total is partial',
    'Order Refunded',
    { order_id: 'o', total: 30, refund_amount: 10 },
    ['m', 'refund_partial', undefined, undefined, '10.00'],
  ],
  [
    'a cancellation undoes all it names',
    'Order Cancelled',
    { order_id: 'o', total: 30, products: two },
    ['m', 'refund', undefined, undefined, '30.00'],
  ],
  [
    'a refund of an unknown amount',
    'Order Refunded',
    { order_id: 'o' },
    ['m', 'refund', undefined, undefined, undefined],
  ],
])('%s', (_, name, properties, expected) => {
  expect(linesOf(name, properties)).toEqual([expected]);
  expect(rowsOf(name, properties)[0]?.cells.order_id).toBe('o');
});

test.each<[Message, Message, Message]>([
  [
    { product_id: 'p', sku: 's', category: 'c', quantity: '2', price: 3 },
    { item_id: 'p', category_id: 'c', quantity: '2' },
    { sku: 's', price: '3' },
  ],
  [{ item_id: 'own', product_id: 'p' }, { item_id: 'own' }, { product_id: 'p' }],
  [{ value: 4.5, quantity: 'two', cost: '1e3' }, { value: '4.5' }, { quantity: 'two', cost: '1e3' }],
  [
    { brand: ['a'], keyword: null, query: 'serum', shop: 'x'.repeat(201) },
    { keyword: 'serum' },
    { brand: '["a"]', shop: 'x'.repeat(201) },
  ],
])('the properties %j fill the columns %j', (properties, cells, props) => {
  expect(rowsOf('Product Added', properties)).toEqual([
    {
      entity: 'events',
      cells: { event_id: 'm', event_time: '1', behavior: 'cart', id_user: 'u', ...cells },
      props: { ...props, received_time: '1' },
    },
  ]);
});

test('a review is worth its rating', () => {
  expect(rowsOf('Product Reviewed', { product_id: 'p', rating: '5', review_body: '好' })[0]).toMatchObject({
    cells: { behavior: 'review', item_id: 'p', value: '5' },
    props: { review_body: '好' },
  });
});

test.each<[unknown, number | undefined]>([
  [1.005, 101],
  ['129.00', 12_900],
  [-1.005, -101],
  [0.1 + 0.2, 30],
  [0, 0],
  ['', undefined],
  ['¥5', undefined],
  [null, undefined],
  [1e300, undefined],
  [true, undefined],
])('%j is %j minor units', (value, expected) => {
  expect(minorUnits(value)).toBe(expected);
});

test.each<[number, number[], number[]]>([
  [10, [1, 1, 1], [4, 3, 3]],
  [10, [1, 2, 4], [1, 3, 6]],
  [-10, [1, 1, 1], [-4, -3, -3]],
  [5, [0, 0], [3, 2]],
  [100, [0, 1], [0, 100]],
  [7, [], []],
  [9_007_199_254_740_991, [1, 1], [4_503_599_627_370_496, 4_503_599_627_370_495]],
])('%j shared by %j is %j', (sum, weights, expected) => {
  expect(shared(sum, weights)).toEqual(expected);
});

test('minor units are written as money', () => {
  expect([0, 5, -5, 12_900].map(majorText)).toEqual(['0.00', '0.05', '-0.05', '129.00']);
});
