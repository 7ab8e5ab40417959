import type { AudienceShown } from '../../../../src/api/audiences.ts';
import { useLookalikes } from '../../../data/lookalikes.ts';
import { firstDay, hasModel } from './firstDay.ts';

/** The first day for which its members can be told together with those of the day before, '' where there is none, once the days of its models are known. */
export function useFirstDay({ rule }: AudienceShown) {
  const isScored = hasModel(rule);
  const { data: models } = useLookalikes(isScored);
  const days = new Map(models?.map(({ id, on }) => [id, on]));
  return { first: firstDay(rule, days) ?? '', isReady: !isScored || models !== undefined };
}
