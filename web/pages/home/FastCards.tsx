import { useMemo } from 'react';
import { Sparkline } from '../../charts/Sparkline.tsx';
import { useAnswer, useDataState, useShelfEntry } from '../../data/answers.ts';
import { type FastMetric, type FastRow, type FastTrendRow, fastMetrics, rowsAs } from '../../data/rows.ts';
import { addDays, type Period } from '../../format/day.ts';
import type { ValueKind } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useCells } from '../../ui/answer/useCells.tsx';
import { Failed } from '../../ui/Failed.tsx';
import { Metric } from '../../ui/Metric.tsx';
import { useOpen } from '../../ui/opening.ts';
import { useFast } from './useFast.ts';

const kinds: Readonly<Record<FastMetric, ValueKind>> = { F: 'count', A: 'rate', S: 'count', T: 'rate' };

/** Weeks of a sparkline. */
const WEEKS = 12;
/** Days that hold them whole, on whatever weekday they end. */
const SPARK_DAYS = (WEEKS + 1) * 7;

/** F, A, S and T of a period, each against the period before and with its last weeks. */
export function FastCards({ period }: { readonly period: Period }) {
  const t = useText().home;
  const cells = useCells();
  const open = useOpen();
  const fast = useFast(period);
  const weeks = useWeeks(period.to);
  const column = useShelfEntry('fast')?.columns.find(({ id }) => id === 'metric');
  if (fast.error && !fast.now('F')) return <Failed error={fast.error} onRetry={fast.retry} />;
  return fastMetrics.map((metric) => {
    const row = fast.now(metric);
    const name = column ? cells.text(column, metric) : metric;
    return (
      <Metric
        key={metric}
        className="qc-quarter"
        title={name}
        label={name}
        kind={kinds[metric]}
        value={row?.value}
        waiting={row === undefined}
        before={fast.was(metric)?.value ?? null}
        {...(row
          ? {
              onOpen: () =>
                open({
                  analysis: 'fast',
                  params: { ...period },
                  row,
                  label: `${t.period(period.from, period.to)} · ${name}`,
                }),
            }
          : {})}
      >
        <Fraction row={row} />
        <Spark metric={metric} name={name} weeks={weeks} />
      </Metric>
    );
  });
}

/** Counts behind a share. */
function Fraction({ row }: { readonly row: FastRow | undefined }) {
  const t = useText().home;
  const format = useFormat();
  const told =
    row && row.denominator !== null ? t.of(format.count(row.numerator), format.count(row.denominator)) : '\u00a0';
  return <div className="qc-small qc-muted">{told}</div>;
}

/** FAST of the whole weeks up to a day, of those that have data; nothing where the shelf lacks the analysis. */
function useWeeks(to: string): readonly FastTrendRow[] {
  const { firstDay } = useDataState();
  const known = useShelfEntry('fast-trend') !== undefined;
  const { data } = useAnswer('fast-trend', { from: addDays(to, 1 - SPARK_DAYS), to, unit: 'week' }, { enabled: known });
  return useMemo(
    () => rowsAs<FastTrendRow>(data?.rows ?? []).filter(({ date }) => firstDay === null || date >= firstDay),
    [data, firstDay],
  );
}

interface SparkProps {
  readonly metric: FastMetric;
  readonly name: string;
  readonly weeks: readonly FastTrendRow[];
}

function Spark({ metric, name, weeks }: SparkProps) {
  const t = useText().home;
  const format = useFormat();
  const own = weeks.filter((row) => row.metric === metric).slice(-WEEKS);
  if (own.length < 2) return null;
  const values = own.map(({ value }) => value);
  const told = own.map(({ date, value }) => `${date} ${format.exact(value, kinds[metric])}`).join('; ');
  return (
    <>
      <Sparkline values={values} label={t.spark(name, own.length, told)} />
      <div className="qc-small qc-muted">{t.sparkNote(own.length)}</div>
    </>
  );
}
