import { useMemo } from 'react';
import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { inkOn, tip, tipText } from './axes.ts';
import { EChart } from './EChart.tsx';

export interface HeatCell {
  /** Indexes into `columns` and `rows`. */
  readonly column: number;
  readonly row: number;
  readonly value: number | null;
}

interface HeatMapProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly cells: readonly HeatCell[];
  readonly kind: ValueKind;
  /** What the columns and the rows are, said in the tip. */
  readonly columnTitle: string;
  readonly rowTitle: string;
  /** Value of the deepest ink; the largest value when absent. */
  readonly most?: number;
  readonly height?: number;
  readonly onPick?: ((cell: HeatCell) => void) | undefined;
}

const ROW_HEIGHT = 30;
/** Names as few as these are all shown. */
const FEW = 14;

/** A table whose cells are the deeper the more; the first row stands at the top. */
export function HeatMap(props: HeatMapProps) {
  const { title, columns, rows, cells, kind, columnTitle, rowTitle, most, onPick } = props;
  const palette = usePalette();
  const format = useFormat();
  const t = useText().ui;
  const top = most ?? Math.max(1e-9, ...cells.map((cell) => cell.value ?? 0));
  const height = props.height ?? Math.max(96, rows.length * ROW_HEIGHT + 40);
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 8, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        ...tip(palette),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const cell = cells[dataIndex];
          if (!cell) return '';
          const head = `${rowTitle} ${rows[cell.row]} · ${columnTitle} ${columns[cell.column]}`;
          return tipText(head, [['', format.exact(cell.value, kind)]]);
        },
      },
      xAxis: { ...axis(columns, palette.muted), position: 'top' },
      yAxis: { ...axis(rows, palette.muted), inverse: true },
      visualMap: { show: false, min: 0, max: top, inRange: { color: [...palette.scale] } },
      series: [
        {
          type: 'heatmap',
          cursor: onPick ? 'pointer' : 'default',
          data: cells.map((cell) => ({
            value: [cell.column, cell.row, cell.value ?? '-'],
            label: { color: inkOn((cell.value ?? 0) / top, palette.dark) },
          })),
          labelLayout: { hideOverlap: true },
          itemStyle: { borderColor: palette.surface, borderWidth: 2 },
          label: {
            show: columns.length <= 14,
            fontSize: 11,
            formatter: ({ dataIndex }: { dataIndex: number }) => format.brief(cells[dataIndex]?.value, kind),
          },
          emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1 } },
        },
      ],
    }),
    [columns, rows, cells, kind, columnTitle, rowTitle, top, palette, format, onPick],
  );
  return (
    <EChart
      heat
      option={option}
      label={t.charts.heat(title)}
      height={height}
      onPick={
        onPick &&
        (({ dataIndex }) => {
          const cell = cells[dataIndex];
          if (cell) onPick(cell);
        })
      }
    />
  );
}

function axis(names: readonly string[], color: string) {
  const interval = names.length <= FEW ? 0 : 'auto';
  const axisLabel = { color, fontSize: 12, interval, hideOverlap: true };
  return { type: 'category', data: [...names], axisLine: { show: false }, axisTick: { show: false }, axisLabel };
}
