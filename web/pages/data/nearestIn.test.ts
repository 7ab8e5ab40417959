import { expect, test } from 'vitest';
import { lacking } from '../../../src/intake/refuse.ts';
import { nearestIn } from './nearestIn.ts';

test.each([
  [['order_id', 'id_user', 'pay_time', 'amount'], { entity: 'orders', missing: ['order_time'] }],
  [['event_time', 'item_id', 'url'], { entity: 'events', missing: ['behavior', 'id_…'] }],
  [['a', 'b'], undefined],
])('a report of a file with %j', (columns, nearest) => {
  expect(nearestIn(`Nothing recognises the columns x.${lacking(columns)} Describe them.`)).toEqual(nearest);
});
