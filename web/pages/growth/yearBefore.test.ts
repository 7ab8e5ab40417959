import { expect, test } from 'vitest';
import { yearBefore } from './yearBefore.ts';

test.each([
  [
    { from: '2026-06-01', to: '2026-06-30' },
    { from: '2025-06-01', to: '2025-06-30' },
  ],
  [
    { from: '2024-02-29', to: '2024-03-01' },
    { from: '2023-02-28', to: '2023-03-01' },
  ],
])('the same calendar days a year earlier, a leap day on the last of February', (period, earlier) => {
  expect(yearBefore(period)).toEqual(earlier);
});
