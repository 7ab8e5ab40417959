import { useMemo } from 'react';
import { percent } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { nameAxis, strong, tip, tipText } from './axes.ts';
import { EChart } from './EChart.tsx';

/** One step, in order: how many are there. */
export interface FunnelStep {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly color?: string | undefined;
}

interface FunnelProps {
  readonly title: string;
  readonly steps: readonly FunnelStep[];
  /** What the percentages are of: the step before (when absent), or all steps together. */
  readonly share?: 'before' | 'total';
  readonly height?: number;
  readonly onPick?: ((step: FunnelStep) => void) | undefined;
}

/** Steps as centred bars of true length, each with its count and its share. */
export function Funnel({ title, steps, share = 'before', height = 240, onPick }: FunnelProps) {
  const palette = usePalette();
  const format = useFormat();
  const t = useText().ui;
  const option = useMemo(() => {
    const most = Math.max(1, ...steps.map((step) => step.value));
    const total = steps.reduce((all, step) => all + step.value, 0);
    const told = (at: number) => {
      const step = steps[at];
      const whole = share === 'total' ? total : (steps[at - 1]?.value ?? 0);
      const rate = whole > 0 && step ? ` · ${percent(step.value / whole, format.style.locale)}` : '';
      return `${format.brief(step?.value, 'count')}${rate}`;
    };
    return {
      grid: { left: 8, right: 16, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        ...tip(palette),
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          tipText(steps[dataIndex]?.name ?? '', [[t.drawer.count, format.exact(steps[dataIndex]?.value, 'count')]]),
      },
      xAxis: { type: 'value', show: false, max: most },
      yAxis: {
        ...nameAxis(
          palette,
          steps.map((step) => step.name),
        ),
        inverse: true,
        axisLine: { show: false },
        axisLabel: strong(palette),
      },
      series: [
        {
          type: 'bar',
          stack: 'funnel',
          silent: true,
          itemStyle: { color: 'transparent' },
          data: steps.map((step) => (most - step.value) / 2),
        },
        {
          type: 'bar',
          stack: 'funnel',
          barMaxWidth: 34,
          barMinHeight: 2,
          cursor: onPick ? 'pointer' : 'default',
          data: steps.map((step, index) => ({
            value: step.value,
            itemStyle: step.color ? { color: step.color, borderColor: palette.outline } : { color: palette.accent },
            label: labelOf(step.value / most, palette.text, step.color, index, palette.dark),
          })),
          label: { show: true, fontSize: 12, formatter: ({ dataIndex }: { dataIndex: number }) => told(dataIndex) },
        },
      ],
    };
  }, [steps, share, palette, format, t, onPick]);
  return (
    <EChart
      option={option}
      label={t.charts.funnel(title)}
      height={height}
      onPick={
        onPick &&
        (({ seriesIndex, dataIndex }) => {
          const step = steps[dataIndex];
          if (seriesIndex === 1 && step) onPick(step);
        })
      }
    />
  );
}

/** A number stands in its bar where there is room, else beside it; light on the two deep inks. */
function labelOf(share: number, text: string, color: string | undefined, place: number, dark: boolean) {
  if (share < 0.4) return { position: 'right', color: text };
  const deep = color === undefined ? !dark : dark ? place >= 3 : place >= 2;
  return { position: 'inside', color: deep ? '#ffffff' : '#10202e' };
}
