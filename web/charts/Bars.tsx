import { useMemo } from 'react';
import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useNarrow } from '../shell/useNarrow.ts';
import { useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { nameAxis, strong, tip, tipText, valueAxis } from './axes.ts';
import { EChart } from './EChart.tsx';

/** One set of bars: a name, a value for each name of the axis. */
export interface BarSeries {
  readonly id: string;
  readonly name: string;
  readonly color?: string | undefined;
  readonly values: readonly (number | null)[];
  /** Colour of single bars, where each has its own. */
  readonly colors?: readonly (string | undefined)[];
}

interface BarsProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly series: readonly BarSeries[];
  readonly kind: ValueKind;
  readonly stacked?: boolean;
  /** Bars that lie, for long names. */
  readonly lying?: boolean;
  readonly height?: number;
  /** Indexes of the series and of the name that was clicked. */
  readonly onPick?: ((series: number, name: number) => void) | undefined;
}

/** More bars than these carry no number each. */
const MOST_LABELLED = 16;

/** Bars from zero with their numbers; several series stand side by side or upon each other. */
export function Bars({ title, names, series, kind, stacked, lying, height = 280, onPick }: BarsProps) {
  const palette = usePalette();
  const format = useFormat();
  const narrow = useNarrow();
  const t = useText().ui;
  const option = useMemo(() => {
    const many = series.length > 1;
    const labelled = !stacked && names.length * series.length <= MOST_LABELLED;
    const axis = nameAxis(palette, names);
    const values = valueAxis(palette, (value) => format.brief(value, kind), kind);
    const ink = (index: number) =>
      series[index]?.color ?? palette.series[index % palette.series.length] ?? palette.accent;
    return {
      grid: {
        left: 8,
        right: lying ? 48 : 8,
        top: 24,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      tooltip: {
        ...tip(palette),
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: (points: { dataIndex: number }[]) => {
          const at = points[0]?.dataIndex ?? 0;
          return tipText(
            names[at] ?? '',
            series.map((each) => [each.name, format.exact(each.values[at], kind)] as const),
          );
        },
      },
      xAxis: lying ? values : { ...axis, axisLabel: { ...axis.axisLabel, interval: 0, hideOverlap: true } },
      yAxis: lying ? { ...axis, inverse: true, axisLabel: { ...axis.axisLabel, ...wrapped(names, narrow) } } : values,
      series: series.map((each, index) => ({
        type: 'bar',
        name: each.name,
        barMaxWidth: 44,
        ...(stacked ? { stack: 'all' } : {}),
        data: each.values.map((value, at) => {
          const color = each.colors ? each.colors[at] : ink(index);
          const hollow = { color: 'transparent', borderColor: palette.muted, borderType: 'dashed' };
          return { value, itemStyle: color ? { color, borderColor: each.colors ? palette.outline : color } : hollow };
        }),
        label: {
          show: labelled || (many && stacked && names.length <= 3),
          position: stacked ? 'inside' : lying ? 'right' : 'top',
          ...strong(palette),
          formatter: ({ value }: { value: unknown }) => format.brief(value, kind),
        },
        cursor: onPick ? 'pointer' : 'default',
      })),
    };
  }, [names, series, kind, stacked, lying, narrow, palette, format, onPick]);
  return (
    <>
      {series.length > 1 ? <SeriesNames series={series} inks={palette.series} /> : null}
      <EChart
        option={option}
        label={t.charts.bar(title)}
        height={height}
        onPick={onPick && (({ seriesIndex, dataIndex }) => onPick(seriesIndex, dataIndex))}
      />
    </>
  );
}

/** In a narrow window, names longer than this go on in a further line beside lying bars. */
const LONG_NAME = 24;

function wrapped(names: readonly string[], narrow: boolean) {
  const long = narrow && names.some((name) => name.length > LONG_NAME);
  return long ? { width: 160, overflow: 'break', lineHeight: 15 } : {};
}

/** Names of several series beside their inks, as text above the chart. */
export function SeriesNames({
  series,
  inks,
}: {
  readonly series: readonly BarSeries[];
  readonly inks: readonly string[];
}) {
  return (
    <div className="qc-small qc-series">
      {series.map((each, index) => (
        <span key={each.id} className="qc-stage">
          <span
            className="qc-stage-mark"
            style={{ background: each.color ?? inks[index % inks.length], borderColor: 'transparent' }}
          />
          {each.name}
        </span>
      ))}
    </div>
  );
}
