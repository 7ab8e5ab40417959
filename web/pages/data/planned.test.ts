import { expect, test } from 'vitest';
import { planned } from './planned.ts';

test('files that are read the same way go together, in the order they came', () => {
  const mapping = { entity: 'items', columns: { item_id: 'a' } };
  const files = [
    { name: '1', plan: {} },
    { name: '2', plan: { mapping, savedAs: 'crm' } },
    { name: '3', plan: { preset: 'douyin-orders' } },
    { name: '4', plan: {} },
    { name: '5', plan: { mapping: structuredClone(mapping) } },
  ];
  expect(planned(files).map((group) => group.map(({ name }) => name))).toEqual([['1', '4'], ['2', '5'], ['3']]);
});
