import { expect, test } from 'vitest';
import { firstTold } from './firstDay.ts';

test.each([
  ['an audience that can be asked for any day', null, ''],
  ['one that looks at the stages of a day', '2026-06-30', '2026-07-01'],
])('%s', (_, first_day, told) => {
  expect(firstTold({ first_day })).toBe(told);
});
