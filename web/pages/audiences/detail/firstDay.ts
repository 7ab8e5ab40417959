import type { AudienceShown } from '../../../../src/api/audiences.ts';
import { addDays, type Day } from '../../../format/day.ts';

/** The first day for which members can be told together with those of the day before; '' where any can. */
export function firstTold({ first_day: first }: Pick<AudienceShown, 'first_day'>): Day {
  return first === null ? '' : addDays(first, 1);
}
