import type { Row } from '../product.ts';
import type { Texts } from '../text/text.ts';
import { barOf, placesOf } from './bars.ts';
import { count, signed } from './numbers.ts';
import { bySign, type Paint } from './paint.ts';
import type { ShownStage } from './stages.ts';
import { padEnd, padStart, widthOf, wrap } from './width.ts';

/** Consumers by stage before and stage after. */
export interface Flow {
  readonly stages: readonly ShownStage[];
  of(from: ShownStage, to: ShownStage): number;
  before(stage: ShownStage): number;
  after(stage: ShownStage): number;
  /** Sum over the pairs a move takes. */
  sum(takes: (from: number, to: number) => boolean): number;
}

const bandWidth = 30;
const barWidth = 24;
const screen = 79;

/** Rows of a flow, read by the names of its columns. */
export function flowOf(
  rows: readonly Row[],
  columns: { readonly from: string; readonly to: string; readonly value: string },
  stages: readonly ShownStage[],
): Flow {
  const pairs = new Map(rows.map((row) => [`${row[columns.from]} ${row[columns.to]}`, Number(row[columns.value])]));
  const of = (from: ShownStage, to: ShownStage) => pairs.get(`${from.code} ${to.code}`) ?? 0;
  const sum = (takes: (from: ShownStage, to: ShownStage) => boolean) =>
    stages.reduce((total, from) => total + stages.reduce((s, to) => s + (takes(from, to) ? of(from, to) : 0), 0), 0);
  return {
    stages,
    of,
    before: (stage) => sum((from) => from === stage),
    after: (stage) => sum((_, to) => to === stage),
    sum: (takes) => sum((from, to) => takes(from.level, to.level)),
  };
}

/** A letter a stage where there are no colours; `·` for no stage. */
function mark({ code, level }: ShownStage, paint: Paint): string {
  if (paint.inColour) return '█';
  return level === 0 ? '·' : code.length === 1 ? code : String(level);
}

function band(flow: Flow, from: ShownStage, paint: Paint): string {
  const places = placesOf(
    flow.stages.map((to) => flow.of(from, to)),
    bandWidth,
  );
  return flow.stages.map((to, i) => paint.stage(to.level, mark(to, paint).repeat(places[i] ?? 0))).join('');
}

/** Where a stage went, in words: the destinations with their shares, largest first, as many as fit. */
function destinations(flow: Flow, from: ShownStage): string {
  const all = flow.before(from);
  return flow.stages
    .map((to) => ({ name: to.level === 0 ? '·' : to.code, share: all === 0 ? 0 : flow.of(from, to) / all }))
    .filter(({ share }) => share >= 0.005)
    .toSorted((left, right) => right.share - left.share)
    .slice(0, 3)
    .map(({ name, share }) => `${name} ${Math.round(share * 100)}%`)
    .join(' ');
}

/** The summary of domain 1.3: who rose, stayed, fell, left, came. */
function moves(flow: Flow, text: Texts): string {
  const { deepened, kept, shallowed, lost, added } = text.chart;
  return [
    `${deepened} ${count(flow.sum((from, to) => from > 0 && to > from))}`,
    `${kept} ${count(flow.sum((from, to) => from > 0 && to === from))}`,
    `${shallowed} ${count(flow.sum((from, to) => to > 0 && to < from))}`,
    `${lost} ${count(flow.sum((from, to) => from > 0 && to === 0))}`,
    `${added} ${count(flow.sum((from, to) => from === 0 && to > 0))}`,
  ].join(' · ');
}

/** A picture of a flow: what each stage became, then what the stages came to. */
export function flowPicture(
  flow: Flow,
  days: { readonly from: string; readonly to: string },
  text: Texts,
  paint: Paint,
): string {
  const names = flow.stages.map((stage) => (stage.level === 0 ? text.chart.entered : stage.title));
  const labelWidth = Math.max(...names.map(widthOf));
  const numberWidth = Math.max(
    ...flow.stages.flatMap((s) => [count(flow.before(s)), count(flow.after(s))]).map(widthOf),
  );
  const held = flow.stages.filter(({ level }) => level > 0);
  const largest = Math.max(1, ...held.map((stage) => flow.after(stage)));
  const start = flow.stages.map((stage, i) =>
    [
      padEnd(names[i] ?? '', labelWidth),
      padStart(count(flow.before(stage)), numberWidth),
      padEnd(band(flow, stage, paint), bandWidth),
      destinations(flow, stage),
    ].join('  '),
  );
  const finish = held.map((stage) => {
    const difference = flow.after(stage) - flow.before(stage);
    const change = signed(difference, count);
    return [
      padEnd(stage.title, labelWidth),
      padStart(count(flow.after(stage)), numberWidth),
      padEnd(paint.stage(stage.level, barOf(flow.after(stage) / largest, barWidth)), barWidth),
      bySign(paint, difference, change),
    ].join('  ');
  });
  return [
    `${paint.strong(text.chart.start)} ${days.from}  ${paint.faint(text.chart.whereTo)}`,
    ...start,
    '',
    `${paint.strong(text.chart.finish)} ${days.to}`,
    ...finish,
    '',
    ...wrap(moves(flow, text), screen, ' · '),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
