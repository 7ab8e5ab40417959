import { expect, test } from 'vitest';
import { requestOf } from './newCut.ts';

const written = { one: ' user:1 ', other: 'phone:2', source: ' app', from: '2026-06-01 08:30 ', note: 'wrong' };

test.each([
  ['identifier', written, { identifier: 'user:1', source: 'app' }],
  ['identifier', { ...written, source: ' ' }, { identifier: 'user:1' }],
  ['pair', written, { pair: ['user:1', 'phone:2'] }],
  ['source', written, { source: 'app' }],
  ['time', written, { from: '2026-06-01 08:30', source: 'app' }],
  ['time', { from: '2026-06-01' }, { from: '2026-06-01' }],
] as const)('a cut of kind %s asks for that alone', (kind, fields, request) => {
  expect(requestOf({ kind, ...fields })).toEqual(request);
});
