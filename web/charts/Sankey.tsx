import { useMemo } from 'react';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import { usePalette } from '../theme/theme.ts';
import { strong, tip, tipText } from './axes.ts';
import { EChart } from './EChart.tsx';

/** How many went from one place to another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

interface SankeyProps {
  readonly title: string;
  readonly flows: readonly Flow[];
  /** Places from the top, at both sides. */
  readonly order: readonly string[];
  readonly name: (place: string) => string;
  /** Undefined has no fill: drawn as an outline. */
  readonly color: (place: string) => string | undefined;
  readonly height?: number;
  /** A band was clicked. */
  readonly onPick?: ((flow: Flow) => void) | undefined;
}

/** Bands from the places of one day at the left to those of another at the right. */
export function Sankey({ title, flows, order, name, color, height = 380, onPick }: SankeyProps) {
  const palette = usePalette();
  const format = useFormat();
  const t = useText().ui;
  const { option, links } = useMemo(() => {
    const shown = flows.filter((flow) => flow.value > 0);
    const sum = (side: 'from' | 'to', place: string) =>
      shown.filter((flow) => flow[side] === place).reduce((all, flow) => all + flow.value, 0);
    const node = (side: 'from' | 'to', place: string) => {
      const fill = color(place);
      const hollow = { color: palette.surface, borderColor: palette.muted, borderWidth: 1, borderType: 'dashed' };
      const right = side === 'to';
      return {
        name: `${side} ${place}`,
        depth: right ? 1 : 0,
        itemStyle: fill ? { color: fill, borderColor: palette.outline, borderWidth: 1 } : hollow,
        label: {
          ...strong(palette),
          position: right ? 'left' : 'right',
          textBorderColor: palette.surface,
          textBorderWidth: 3,
          formatter: `${name(place)} ${format.brief(sum(side, place), 'count')}`,
        },
      };
    };
    const side = (which: 'from' | 'to') =>
      order.filter((place) => sum(which, place) > 0).map((place) => node(which, place));
    const data = shown.map((flow) => ({
      source: `from ${flow.from}`,
      target: `to ${flow.to}`,
      value: flow.value,
      lineStyle: {
        color: color(flow.from) ?? color(flow.to) ?? palette.muted,
        opacity: color(flow.from) ? 0.45 : 0.22,
      },
    }));
    return {
      links: shown,
      option: {
        tooltip: {
          ...tip(palette),
          formatter: ({ dataType, dataIndex }: { dataType: string; dataIndex: number }) => {
            const flow = dataType === 'edge' ? shown[dataIndex] : undefined;
            if (!flow) return '';
            return tipText(`${name(flow.from)} → ${name(flow.to)}`, [
              [t.drawer.count, format.exact(flow.value, 'count')],
            ]);
          },
        },
        series: [
          {
            type: 'sankey',
            left: 2,
            right: 2,
            top: 8,
            bottom: 8,
            nodeWidth: 14,
            nodeGap: 12,
            layoutIterations: 0,
            draggable: false,
            emphasis: { focus: 'adjacency' },
            cursor: onPick ? 'pointer' : 'default',
            data: [...side('from'), ...side('to')],
            links: data,
          },
        ],
      },
    };
  }, [flows, order, name, color, palette, format, t, onPick]);
  return (
    <EChart
      option={option}
      label={t.charts.flow(title)}
      height={height}
      onPick={
        onPick &&
        (({ dataType, dataIndex }) => {
          const flow = dataType === 'edge' ? links[dataIndex] : undefined;
          if (flow) onPick(flow);
        })
      }
    />
  );
}
