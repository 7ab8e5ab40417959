import type { Row } from '../product.ts';
import type { Texts } from '../text/text.ts';
import { barOf, sparkline } from './bars.ts';
import type { Paint } from './paint.ts';
import type { ShownStage } from './stages.ts';
import { clip, padEnd, padStart, printable, widthOf } from './width.ts';

/** What a picture needs beyond its rows. */
export interface Drawing {
  readonly text: Texts;
  readonly paint: Paint;
  readonly stages: readonly ShownStage[];
  /** A value of the picture's measure, in its row or one like it, as a reader sees it. */
  format(value: number, row?: Row): string;
}

const labelWidth = 20;
const barWidth = 36;
const lineWidth = 36;
const mostBars = 40;
const shades = [' ', '░', '▒', '▓', '█'] as const;
const screen = 79;

const name = (value: unknown) => clip(printable(value === null || value === '' ? '–' : String(value)), labelWidth);
const size = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** A stage's own colour, where the label is one. */
function inked(label: unknown, drawing: Drawing, ink: string): string {
  const stage = drawing.stages.find(({ code }) => code === label);
  return stage ? drawing.paint.stage(stage.level, ink) : ink;
}

/** A bar a row; a value below zero is told by its sign and by a lighter bar. */
export function barPicture(
  rows: readonly Row[],
  { x, y, series }: { readonly x: string; readonly y: string; readonly series?: string },
  drawing: Drawing,
): string {
  const shown = rows.filter((row) => size(row[y]) !== null).slice(0, mostBars);
  const largest = Math.max(...shown.map((row) => Math.abs(size(row[y]) ?? 0)));
  const labels = shown.map((row) => (series ? `${name(row[x])} ${name(row[series])}` : name(row[x])));
  const width = Math.max(0, ...labels.map(widthOf));
  const lines = shown.map((row, i) => {
    const value = size(row[y]) ?? 0;
    const drawn = barOf(largest === 0 ? 0 : Math.abs(value) / largest, barWidth);
    const bar = value < 0 ? drawing.paint.loss(drawn.replaceAll('█', '▒')) : inked(row[x], drawing, drawn);
    return `${padEnd(labels[i] ?? '', width)}  ${bar} ${drawing.format(value, row)}\n`;
  });
  const left = rows.length - shown.length;
  return lines.join('') + (left > 0 ? `${drawing.text.chart.clippedRows(String(left))}\n` : '');
}

/** Values in at most `width` steps, each the last of its share of the line. */
function thinned(values: readonly (number | null)[], width: number): (number | null)[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, i) => values[Math.floor(((i + 1) * values.length) / width) - 1] ?? null);
}

/** A sparkline a series, each on its own scale, with its first, last, least and greatest value. */
export function linePicture(
  rows: readonly Row[],
  { x, y, series }: { readonly x: string; readonly y: string; readonly series?: string },
  drawing: Drawing,
): string {
  const names = series ? [...new Set(rows.map((row) => row[series]))] : [undefined];
  const width = Math.max(0, ...names.map((each) => (each === undefined ? 0 : widthOf(name(each)))));
  const lines = names.flatMap((each) => {
    const own = rows.filter((row) => !series || row[series] === each);
    const values = own.map((row) => size(row[y]));
    const told = (value: number) => drawing.format(value, own[0]);
    const known = values.filter((value) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined) return [];
    const label = each === undefined ? '' : `${padEnd(name(each), width)}  `;
    const range = `${told(Math.min(...known))}…${told(Math.max(...known))}`;
    const line = inked(each, drawing, sparkline(thinned(values, lineWidth)));
    return [`${label}${line}  ${told(first)} → ${told(last)}  ${drawing.paint.faint(range)}\n`];
  });
  const ends = [rows[0]?.[x], rows.at(-1)?.[x]].map(name).join(' → ');
  return `${drawing.paint.faint(ends)}\n${lines.join('')}`;
}

/** A heat map: each value with a block as dark as it is large, columns left to right as they come. */
export function matrixPicture(
  rows: readonly Row[],
  { x, y, value }: { readonly x: string; readonly y: string; readonly value: string },
  drawing: Drawing,
): string {
  const across = [...new Set(rows.map((row) => row[x]))];
  const down = [...new Set(rows.map((row) => row[y]))];
  const cells = new Map(rows.map((row) => [JSON.stringify([row[x], row[y]]), size(row[value])]));
  const known = [...cells.values()].filter((each) => each !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const width =
    Math.max(...known.map((each) => widthOf(drawing.format(each))), ...across.map((each) => widthOf(name(each)))) + 2;
  const side = Math.max(...down.map((each) => widthOf(name(each))));
  const fitting = across.slice(0, Math.max(1, Math.floor((screen - side) / (width + 1))));
  const cell = (each: number | null | undefined) => {
    if (each === null || each === undefined) return ' '.repeat(width);
    const depth = high === low ? 1 : (each - low) / (high - low);
    const block = (shades[Math.round(depth * (shades.length - 1))] ?? ' ').repeat(2);
    return drawing.paint.heat(depth, block) + padStart(drawing.format(each), width - 2);
  };
  const head = `${' '.repeat(side)} ${fitting.map((each) => padStart(name(each), width)).join(' ')}`;
  const lines = down.map(
    (row) =>
      `${padEnd(name(row), side)} ${fitting.map((col) => cell(cells.get(JSON.stringify([col, row])))).join(' ')}`,
  );
  const left = across.length - fitting.length;
  const note = left > 0 ? [drawing.text.chart.clipped(String(left))] : [];
  return [head, ...lines, ...note].map((line) => `${line.trimEnd()}\n`).join('');
}
