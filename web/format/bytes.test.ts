import { expect, test } from 'vitest';
import { bytesIn } from './bytes.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [1536, '1.5 KB'],
  [8 * 1024 * 1024, '8.0 MB'],
  [15 * 1024 * 1024, '15 MB'],
  [5 * 1024 ** 4, '5.0 TB'],
])('%i bytes are %s', (size, told) => {
  expect(bytesIn(size)).toBe(told);
});
