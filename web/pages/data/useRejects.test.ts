import { expect, test } from 'vitest';
import { everyReject, isMeant } from './useRejects.ts';

const row = { import: 3, file_id: 7, column: 'pay_time', reason: 'time' };

test.each([
  [everyReject, true],
  [{ ...everyReject, import: 3 }, true],
  [{ ...everyReject, import: 4 }, false],
  [{ ...everyReject, file: 8 }, false],
  [{ import: 3, file: 7, column: 'pay_time', reason: 'time' }, true],
  [{ import: 3, file: 7, column: '', reason: 'time' }, false],
  [{ import: 3, file: 7, column: 'pay_time', reason: 'future' }, false],
])('%o means the row: %s', (filter, is) => {
  expect(isMeant(row, filter)).toBe(is);
});
