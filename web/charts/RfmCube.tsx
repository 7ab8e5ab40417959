import { useMemo } from 'react';
import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useNarrow } from '../shell/useNarrow.ts';
import { useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { inkOn, muted, tip, tipText } from './axes.ts';
import { EChart } from './EChart.tsx';

/** One of the eight classes: its letters R F M, its name, how many. */
export interface RfmCell {
  readonly class: string;
  readonly name: string;
  readonly value: number;
}

interface RfmCubeProps {
  readonly title: string;
  readonly cells: readonly RfmCell[];
  readonly kind: ValueKind;
  readonly height?: number;
  readonly onPick?: ((cell: RfmCell) => void) | undefined;
}

/** Sides of the opened cube: M then F, and R. */
const SQUARES = ['LL', 'LH', 'HL', 'HH'];
const RECENCY = ['H', 'L'];

/**
 * The cube of R, F and M laid open: two squares by money, in each frequency across and recency down; in a narrow
 * window with its sides changed, so that every class has room for its name.
 */
export function RfmCube({ title, cells, kind, height = 280, onPick }: RfmCubeProps) {
  const palette = usePalette();
  const format = useFormat();
  const t = useText().ui;
  const c = t.charts;
  const narrow = useNarrow();
  const option = useMemo(() => {
    const most = Math.max(1, ...cells.map((cell) => cell.value));
    const total = cells.reduce((all, cell) => all + cell.value, 0);
    const squares = SQUARES.map(
      (code) => `${code[0] === 'H' ? c.rich : c.poor}\n${code[1] === 'H' ? c.often : c.seldom}`,
    );
    const recency = [c.recent, c.distant];
    const plain = {
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...muted(palette), interval: 0, lineHeight: 17 },
    };
    return {
      grid: { left: 8, right: 8, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        ...tip(palette),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const cell = cells[dataIndex];
          return cell ? tipText(`${cell.class} ${cell.name}`, [['', format.exact(cell.value, kind)]]) : '';
        },
      },
      xAxis: { type: 'category', data: narrow ? recency : squares, position: 'top', ...plain },
      yAxis: { type: 'category', data: narrow ? squares : recency, inverse: true, ...plain },
      visualMap: { show: false, min: 0, max: most, inRange: { color: [...palette.scale] } },
      series: [
        {
          type: 'heatmap',
          cursor: onPick ? 'pointer' : 'default',
          data: cells.map((cell) => ({
            value: [...placeOf(cell, narrow), cell.value],
            label: { color: inkOn(cell.value / most, palette.dark) },
          })),
          itemStyle: { borderColor: palette.surface, borderWidth: 3 },
          label: {
            show: true,
            lineHeight: 18,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const cell = cells[dataIndex];
              if (!cell) return '';
              const share = total > 0 ? `\n${format.exact(cell.value / total, 'rate')}` : '';
              return `${cell.name}\n${format.brief(cell.value, kind)}${share}`;
            },
          },
          emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1 } },
        },
      ],
    };
  }, [cells, kind, palette, format, c, narrow, onPick]);
  return (
    <EChart
      heat
      option={option}
      label={c.cube(title)}
      height={narrow ? Math.max(height, 340) : height}
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

/** Column and row of a class. */
function placeOf({ class: code }: RfmCell, narrow: boolean): [number, number] {
  const square = SQUARES.indexOf(`${code[2]}${code[1]}`);
  const recency = RECENCY.indexOf(code[0] ?? '');
  return narrow ? [recency, square] : [square, recency];
}
