import { useAnswer } from '../../data/answers.ts';
import { type FastMetric, type FastRow, rowsAs } from '../../data/rows.ts';
import { before, type Period } from '../../format/day.ts';

/** FAST of a period and of the equally long one before it; both undefined until they are known. */
export function useFast(period: Period) {
  const now = useAnswer('fast', { ...period });
  const was = useAnswer('fast', { ...before(period) });
  const rowOf = (answer: typeof now, metric: FastMetric) =>
    rowsAs<FastRow>(answer.data?.rows ?? []).find((row) => row.metric === metric);
  return {
    error: now.error,
    retry: () => void now.refetch(),
    going: now.isFetching || was.isFetching,
    now: (metric: FastMetric) => rowOf(now, metric),
    was: (metric: FastMetric) => rowOf(was, metric),
  };
}
