import { expect, test } from 'vitest';
import { type Unit, wholePeriods } from './periods.ts';

const rows: readonly { name: string; unit: Unit; from: string; to: string; periods: string[] }[] = [
  {
    name: 'a day is one',
    unit: 'day',
    from: '2026-06-30',
    to: '2026-07-01',
    periods: ['06-30..06-30', '07-01..07-01'],
  },
  {
    name: 'a week begins on Monday',
    unit: 'week',
    from: '2026-06-01',
    to: '2026-06-14',
    periods: ['06-01..06-07', '06-08..06-14'],
  },
  {
    name: 'a cut week is left out on both sides',
    unit: 'week',
    from: '2026-06-02',
    to: '2026-06-20',
    periods: ['06-08..06-14'],
  },
  {
    name: 'from Sunday on, the next day begins',
    unit: 'week',
    from: '2026-06-07',
    to: '2026-06-14',
    periods: ['06-08..06-14'],
  },
  {
    name: 'months have their own lengths',
    unit: 'month',
    from: '2024-01-01',
    to: '2024-03-30',
    periods: ['01-01..01-31', '02-01..02-29'],
  },
  {
    name: 'a month ends a year',
    unit: 'month',
    from: '2025-11-02',
    to: '2026-01-31',
    periods: ['12-01..12-31', '01-01..01-31'],
  },
  { name: 'a range within a unit has none', unit: 'month', from: '2026-06-02', to: '2026-06-30', periods: [] },
];

test.each(rows)('$name', ({ unit, from, to, periods }) => {
  expect(wholePeriods(unit, { from, to }).map((each) => `${each.from.slice(5)}..${each.to.slice(5)}`)).toEqual(periods);
});
