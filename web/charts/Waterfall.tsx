import { useMemo } from 'react';
import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { nameAxis, strong, tip, tipText, valueAxis } from './axes.ts';
import { EChart } from './EChart.tsx';
import { stepsOf, type WaterfallPart } from './waterfallSteps.ts';

interface WaterfallProps {
  readonly title: string;
  /** What it began with; parts start from zero when absent. */
  readonly start?: { readonly name: string; readonly value: number };
  readonly parts: readonly WaterfallPart[];
  /** Name of the sum at the end; no sum when absent. */
  readonly end?: string;
  readonly kind: ValueKind;
  readonly height?: number;
  readonly onPick?: ((part: WaterfallPart) => void) | undefined;
}

/** From a beginning to an end by what was added and lost on the way; gain and loss by sign, shape and colour. */
export function Waterfall({ title, start, parts, end, kind, height = 300, onPick }: WaterfallProps) {
  const palette = usePalette();
  const format = useFormat();
  const t = useText().ui;
  const option = useMemo(() => {
    const steps = stepsOf(parts, start, end);
    const told = (at: number) => {
      const step = steps[at];
      if (!step) return '';
      return step.part ? format.difference(step.value, kind) : format.brief(step.value, kind);
    };
    return {
      grid: { left: 8, right: 8, top: 28, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        ...tip(palette),
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          tipText(steps[dataIndex]?.name ?? '', [['', format.exact(steps[dataIndex]?.value, kind)]]),
      },
      xAxis: nameAxis(
        palette,
        steps.map((step) => step.name),
      ),
      yAxis: valueAxis(palette, (value) => format.brief(value, kind)),
      series: [
        // Transparent bars carry each step; those below zero and above are stacked apart by the engine.
        ...(['positive', 'negative'] as const).map((sign) => ({
          type: 'bar',
          stack: 'steps',
          silent: true,
          itemStyle: { color: 'transparent' },
          data: steps.map((step) => step.base[sign]),
        })),
        ...(['positive', 'negative'] as const).map((sign) => ({
          type: 'bar',
          stack: 'steps',
          barMaxWidth: 56,
          cursor: onPick ? 'pointer' : 'default',
          data: steps.map((step) => ({
            value: step.body[sign],
            itemStyle: { color: step.part ? (step.value < 0 ? palette.loss : palette.gain) : palette.muted },
            label: { show: step.labelled === sign },
          })),
          label: {
            position: sign === 'positive' ? 'top' : 'bottom',
            ...strong(palette),
            formatter: ({ dataIndex }: { dataIndex: number }) => told(dataIndex),
          },
        })),
      ],
    };
  }, [parts, start, end, kind, palette, format, onPick]);
  return (
    <EChart
      option={option}
      label={t.charts.waterfall(title)}
      height={height}
      onPick={
        onPick &&
        (({ dataIndex }) => {
          const part = stepsOf(parts, start, end)[dataIndex]?.part;
          if (part) onPick(part);
        })
      }
    />
  );
}
