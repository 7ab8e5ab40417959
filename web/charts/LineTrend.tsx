import { useMemo } from 'react';
import { marksIn } from '../format/day.ts';
import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import type { Palette } from '../theme/palette.ts';
import { usePalette } from '../theme/theme.ts';
import { muted, nameAxis, tip, tipText, valueAxis } from './axes.ts';
import { EChart } from './EChart.tsx';
import { nearestLine } from './nearestLine.ts';

/** One line: a name, a colour where it has a fixed one, and a value for each of the chart's days. */
export interface Line {
  readonly id: string;
  readonly name: string;
  readonly color?: string | undefined;
  readonly values: readonly (number | null)[];
  /** A second line of the same thing, as of the period before. */
  readonly dashed?: boolean;
}

interface LineTrendProps {
  readonly title: string;
  /** Days, or other steps in order. */
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  readonly kind: ValueKind;
  /** Shares of a whole, one upon the other. */
  readonly stacked?: boolean;
  readonly height?: number;
  /** A place was clicked: the line nearest to it. */
  readonly onPick?: ((line: Line, day: string) => void) | undefined;
}

/** Lines over time, each with its name at its end, and the days of 618 and Double 11 marked. */
export function LineTrend({ title, days, lines, kind, stacked = false, height = 280, onPick }: LineTrendProps) {
  const palette = usePalette();
  const format = useFormat();
  const t = useText().ui;
  const option = useMemo(() => {
    const inks = lines.map(
      (line, index) => line.color ?? palette.series[index % palette.series.length] ?? palette.accent,
    );
    const marks = new Map(marksIn(days).map(({ day, id }) => [day, t.festivals[id]]));
    return {
      grid: { left: 8, right: 84, top: 24, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        ...tip(palette),
        trigger: 'axis',
        formatter: (points: { dataIndex: number }[]) => {
          const at = points[0]?.dataIndex ?? 0;
          return tipText(
            days[at] ?? '',
            lines.map((line) => [line.name, format.exact(line.values[at], kind)] as const),
          );
        },
      },
      xAxis: [dayAxis(palette, days), markAxis(palette, days, marks)],
      yAxis: valueAxis(palette, (value) => format.brief(value, kind), kind),
      series: lines.map((line, index) => ({
        type: 'line',
        name: line.name,
        data: [...line.values],
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: days.length <= 14,
        color: inks[index],
        lineStyle: { width: 2, type: line.dashed ? 'dashed' : 'solid' },
        endLabel: {
          show: true,
          formatter: line.name,
          color: palette.text,
          width: 76,
          overflow: 'truncate',
          lineHeight: 16,
          fontSize: 12,
        },
        labelLayout: { moveOverlap: 'shiftY' },
        ...(stacked ? { stack: 'all', areaStyle: { opacity: 0.75 } } : {}),
      })),
    };
  }, [days, lines, kind, stacked, palette, format, t]);
  return (
    <EChart
      option={option}
      label={t.charts.line(title)}
      height={height}
      onPlace={
        onPick &&
        ((at, value) => {
          const line = lines[nearestLine(lines, at, value, stacked) ?? -1];
          const day = days[at];
          if (line && day !== undefined) onPick(line, day);
        })
      }
    />
  );
}

/** The days, the last of which keeps clear of the names at the ends of the lines. */
function dayAxis(palette: Palette, days: readonly string[]) {
  const axis = nameAxis(palette, days);
  return { ...axis, boundaryGap: false, axisLabel: { ...axis.axisLabel, alignMaxLabel: 'right' as const } };
}

/** An axis above the chart that names only the marked days, each with a dotted line down. */
function markAxis(palette: Palette, days: readonly string[], marks: ReadonlyMap<string, string>) {
  const isMarked = (_: number, day: string) => marks.has(day);
  return {
    ...nameAxis(palette, days),
    boundaryGap: false,
    position: 'top',
    axisLine: { show: false },
    axisLabel: { ...muted(palette), interval: isMarked, formatter: (day: string) => marks.get(day) ?? '' },
    splitLine: {
      show: marks.size > 0,
      showMinLine: false,
      showMaxLine: false,
      interval: isMarked,
      lineStyle: { color: palette.muted, type: 'dotted' },
    },
  };
}
