import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useContext, useEffect, useRef, useState } from 'react';
import { useText } from '../text/useText.ts';
import { usePalette, useStillness } from '../theme/theme.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { PictureContext } from './picture.ts';

/** What was clicked: which series and which of its data; links of a flow are `edge`. */
export interface Picked {
  readonly seriesIndex: number;
  readonly dataIndex: number;
  readonly dataType: string | undefined;
}

interface EChartProps {
  readonly option: EChartsCoreOption;
  /** What the picture is and shows, for those who hear it. */
  readonly label: string;
  readonly height: number;
  /** It is a heat map. */
  readonly heat?: boolean;
  readonly onPick?: ((picked: Picked) => void) | undefined;
  /** A place within the axes was clicked: the index along x and the value along y. */
  readonly onPlace?: ((index: number, value: number) => void) | undefined;
}

/** When a page changes its width without a frame to draw in. */
const printings = ['beforeprint', 'afterprint'] as const;

/** A drawing by ECharts, which is loaded when the first chart is shown; it follows its box, the language and the inks. */
export function EChart({ option, label, height, heat = false, onPick, onPlace }: EChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<ECharts | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const place = useRef(onPlace);
  place.current = onPlace;
  const picture = useContext(PictureContext);
  const palette = usePalette();
  const still = useStillness();
  const { tableHint } = useText().ui.charts;
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    let gone = false;
    const watch = new ResizeObserver(() => drawn.current?.resize());
    const atOnce = () => {
      drawn.current?.resize();
      drawn.current?.getZr().flush();
    };
    for (const each of printings) window.addEventListener(each, atOnce);
    void (heat ? import('./heat.ts') : import('./engine.ts')).then(({ init }) => {
      if (gone) return;
      const chart = init(host, null, { renderer: 'canvas' });
      drawn.current = chart;
      chart.on('click', ({ seriesIndex, dataIndex, dataType }) => {
        if (seriesIndex !== undefined) pick.current?.({ seriesIndex, dataIndex, dataType });
      });
      chart.getZr().on('click', ({ offsetX, offsetY }) => {
        if (!place.current || !chart.containPixel('grid', [offsetX, offsetY])) return;
        const [index, value] = chart.convertFromPixel('grid', [offsetX, offsetY]);
        if (index !== undefined && value !== undefined) place.current(Math.round(index), value);
      });
      watch.observe(host);
      setReady(true);
    });
    return () => {
      gone = true;
      for (const each of printings) window.removeEventListener(each, atOnce);
      watch.disconnect();
      drawn.current?.dispose();
      drawn.current = null;
      setReady(false);
    };
  }, [heat]);
  useEffect(() => {
    if (ready)
      drawn.current?.setOption(
        { animation: !still, animationDuration: 250, textStyle: { fontFamily: fontOf(box.current) }, ...option },
        { notMerge: true },
      );
  }, [ready, option, still]);
  useEffect(() => {
    if (!picture || !ready) return;
    picture.current = () =>
      drawn.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: palette.surface }) ?? '';
    return () => {
      picture.current = null;
    };
  }, [picture, ready, palette]);
  return (
    <div style={{ position: 'relative', height }}>
      {ready ? null : (
        <div style={{ position: 'absolute', inset: 0, overflow: 'hidden' }}>
          <Waiting height={height} />
        </div>
      )}
      <div ref={box} role="img" aria-label={`${label} · ${tableHint}`} style={{ height: '100%' }} />
    </div>
  );
}

/** The font of the page around a chart. */
function fontOf(box: HTMLElement | null): string {
  return box ? getComputedStyle(box).fontFamily : 'sans-serif';
}
