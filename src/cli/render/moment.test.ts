import { expect, test } from 'vitest';
import { momentIn } from './moment.ts';

test.each([
  ['2026-11-22T16:32:25.795Z', '2026-11-23 00:32:25'],
  ['2026-11-22T23:30:00+08:00', '2026-11-22 23:30:00'],
  ['no data', 'no data'],
  ['2026-11-22', '2026-11-22'],
])('%s in Shanghai is %s', (moment, shown) => {
  expect(momentIn('Asia/Shanghai', moment)).toBe(shown);
});
