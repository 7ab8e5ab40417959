import { expect, test } from 'vitest';
import { DEVICE, emptyHousehold, linkedSets, node, OPENID, PHONE, USER } from './household.ts';

test.each<[string, [number, number][], number[]]>([
  ['a row without identifiers is nobody', [[0, 0]], []],
  [
    'two kinds never on one row stay apart',
    [
      [0, USER],
      [0, DEVICE],
    ],
    [node(0, USER), node(0, DEVICE)],
  ],
  [
    'one row with both joins them',
    [
      [0, USER],
      [0, DEVICE],
      [0, USER | DEVICE],
    ],
    [node(0, USER | DEVICE)],
  ],
  [
    'the phone of the house joins two people',
    [
      [0, USER | PHONE],
      [1, USER | PHONE],
    ],
    [node(0, USER) | node(1, USER) | PHONE],
  ],
  [
    'a chain joins its ends',
    [
      [0, USER | DEVICE],
      [0, OPENID | PHONE],
      [0, DEVICE | PHONE],
    ],
    [node(0, USER | DEVICE | OPENID | PHONE)],
  ],
  [
    'the same kind of two people is not the same identifier',
    [
      [0, DEVICE],
      [1, DEVICE],
    ],
    [node(0, DEVICE), node(1, DEVICE)],
  ],
])('%s', (_, rows, sets) => {
  const household = emptyHousehold(0);
  for (const [who, ids] of rows) {
    household.touches.push({ at: 0, behavior: 'click', who, ids, tail: '', slot: -1, odd: 0 });
  }
  expect(linkedSets(household)).toEqual(sets);
});
