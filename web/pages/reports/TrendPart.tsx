import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { LineTrend } from '../../charts/LineTrend.tsx';
import { useDataState } from '../../data/answers.ts';
import { type FastMetric, type FastTrendRow, fastMetrics, rowsAs } from '../../data/rows.ts';
import { useText } from '../../text/useText.ts';
import { fastKinds, useFastName } from './FastTable.tsx';

/** Each metric of FAST over the last weeks or months, those before the first data left out. */
export function TrendPart({ trend }: { readonly trend: AnswerBody }) {
  const { firstDay } = useDataState();
  const rows = useMemo(
    () => rowsAs<FastTrendRow>(trend.rows).filter(({ date }) => firstDay === null || date >= firstDay),
    [trend, firstDay],
  );
  if (new Set(rows.map(({ date }) => date)).size < 2) return null;
  return (
    <div className="qc-report-cols">
      {fastMetrics.map((metric) => (
        <Line key={metric} metric={metric} rows={rows} />
      ))}
    </div>
  );
}

function Line({ metric, rows }: { readonly metric: FastMetric; readonly rows: readonly FastTrendRow[] }) {
  const t = useText().reports;
  const name = useFastName()(metric);
  const { days, lines } = useMemo(() => {
    const own = rows.filter((row) => row.metric === metric);
    return {
      days: own.map(({ date }) => date),
      lines: [{ id: metric, name: metric, values: own.map(({ value }) => value) }],
    };
  }, [rows, metric]);
  return (
    <section>
      <h3>{t.trendOf(name)}</h3>
      <LineTrend title={t.trendOf(name)} days={days} lines={lines} kind={fastKinds[metric]} height={150} />
    </section>
  );
}
