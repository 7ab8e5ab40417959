import type { ValueKind } from '../format/number.ts';
import type { Palette } from '../theme/palette.ts';

const FONT = 12;

/** Text of a chart in the muted ink. */
export function muted(palette: Palette) {
  return { color: palette.muted, fontSize: FONT };
}

export function strong(palette: Palette) {
  return { color: palette.text, fontSize: FONT };
}

/** An axis of names: one line, no ticks. */
export function nameAxis(palette: Palette, names: readonly string[]) {
  return {
    type: 'category' as const,
    data: [...names],
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: { ...muted(palette), hideOverlap: true },
  };
}

/** Rates that come near the whole are drawn against the whole, which shares cannot pass. */
const NEAR_WHOLE = 0.8;

/** An axis of values: thin lines only, few of them. */
export function valueAxis(palette: Palette, tell: (value: number) => string, kind?: ValueKind) {
  return {
    type: 'value' as const,
    // Fifths of the whole are round in percent, quarters of it are not.
    splitNumber: kind === 'rate' ? 5 : 4,
    // A half of a consumer is no mark.
    ...(kind === 'count' ? { minInterval: 1 } : {}),
    ...(kind === 'rate' ? { max: topOfRates } : {}),
    axisLabel: { ...muted(palette), hideOverlap: true, formatter: tell },
    splitLine: { lineStyle: { color: palette.line } },
  };
}

const topOfRates = ({ max }: { readonly max: number }): number | null => (max > NEAR_WHOLE && max <= 1 ? 1 : null);

/** The tip beside the pointer. */
export function tip(palette: Palette) {
  return {
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: FONT },
    extraCssText: 'box-shadow: 0 2px 8px rgb(0 0 0 / 15%);',
  };
}

/** Text from data inside a tip, which is HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Lines of a tip: a head, then names with their values. */
export function tipText(head: string, lines: readonly (readonly [string, string])[]): string {
  const rows = lines.map(
    ([name, value]) =>
      `<div style="display:flex;gap:16px;justify-content:space-between"><span>${escaped(name)}</span><b>${escaped(value)}</b></div>`,
  );
  return `<div>${escaped(head)}</div>${rows.join('')}`;
}

/** Ink of a number on a cell, by how deep the cell is 0..1: light on deep ink, and in the dark appearance dark on bright ink. */
export function inkOn(share: number, dark: boolean): string {
  if (dark) return share > 0.55 ? '#0b1a1a' : '#e4e8eb';
  return share > 0.55 ? '#ffffff' : '#1c2329';
}
