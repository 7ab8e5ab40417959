import { useCallback, useMemo } from 'react';
import type { ShelfEntry } from '../../../src/api/analyses.ts';
import { Bars } from '../../charts/Bars.tsx';
import { HeatMap } from '../../charts/HeatMap.tsx';
import { LineTrend } from '../../charts/LineTrend.tsx';
import { type Flow, Sankey } from '../../charts/Sankey.tsx';
import { groupOf } from '../../charts/setGroups.ts';
import { Upset } from '../../charts/Upset.tsx';
import type { Row } from '../../data/answers.ts';
import type { ValueKind } from '../../format/number.ts';
import { useSay } from '../../text/useText.ts';
import { useStages } from '../useStages.ts';
import { crossed, distinct } from './crossed.ts';
import { LazyTable } from './LazyTable.tsx';
import { type Column, kindIn, useCells } from './useCells.tsx';

interface AnswerChartProps {
  readonly entry: ShelfEntry;
  readonly rows: readonly Row[];
  readonly height?: number;
  readonly onOpen?: ((row: Row, label?: string) => void) | undefined;
}

/** The picture the shelf names for an analysis; one of a kind not known here is shown as its table. */
export function AnswerChart(props: AnswerChartProps) {
  const { kind, sets } = props.entry.chart;
  if (sets !== undefined) return <Sets {...props} />;
  if (kind === 'bar' || kind === 'line') return <Series {...props} />;
  if (kind === 'matrix') return <Matrix {...props} />;
  if (kind === 'flow') return <Flows {...props} />;
  return <LazyTable columns={props.entry.columns} rows={props.rows} onOpen={props.onOpen} />;
}

/** A column that the chart names, by its part in it. */
function useColumn(entry: ShelfEntry): (part: string) => Column | undefined {
  return (part) => entry.columns.find((column) => column.id === entry.chart[part]);
}

function Series({ entry, rows, height, onOpen }: AnswerChartProps) {
  const say = useSay();
  const cells = useCells();
  const stages = useStages();
  const column = useColumn(entry);
  const [x, y, by] = [column('x'), column('y'), column('series')];
  const drawn = useMemo(() => {
    if (!x || !y) return undefined;
    const { names, series, at } = crossed(rows, x.id, y.id, by?.id);
    const color = (of: Column | undefined, code: unknown) =>
      of && cells.isStage(of) ? stages.color(String(code)) : undefined;
    const lines = series.map((code, index) => ({
      id: String(code),
      name: by ? cells.text(by, code) : cells.title(y),
      color: color(by, code),
      kind: kindIn(y, by && { [by.id]: code }),
      values: names.map((_, place) => at(index, place)?.[y.id] as number | null),
      ...(!by && cells.isStage(x) ? { colors: names.map((name) => color(x, name)) } : {}),
    }));
    // Note: lines of different units have no axis in common.
    const kinds = distinct(lines, 'kind').map((kind) => ({
      kind: kind as ValueKind, // as: each line's own
      lines: lines.filter((line) => line.kind === kind),
    }));
    return { names: names.map((name) => cells.text(x, name)), lines, kinds, at };
  }, [rows, x, y, by, cells, stages]);
  const pick = (series: number, place: number) => {
    const row = drawn?.at(series, place);
    if (row)
      onOpen?.(row, [drawn?.names[place], by ? drawn?.lines[series]?.name : undefined].filter(Boolean).join(' · '));
  };
  if (!drawn || !y) return null;
  const common = { title: say(entry.title), ...(height ? { height } : {}) };
  if (entry.chart.kind === 'bar')
    return <Bars {...common} kind={y.kind} names={drawn.names} series={drawn.lines} onPick={onOpen && pick} />;
  const pickLine = (line: { readonly id: string }, day: string) =>
    pick(
      drawn.lines.findIndex((each) => each.id === line.id),
      drawn.names.indexOf(day),
    );
  return drawn.kinds.map(({ kind, lines }) => (
    <LineTrend key={kind} {...common} kind={kind} days={drawn.names} lines={lines} onPick={onOpen && pickLine} />
  ));
}

function Sets({ entry, rows, onOpen }: AnswerChartProps) {
  const say = useSay();
  const column = useColumn(entry);
  const [sets, value] = [column('sets'), column('y')];
  const groups = useMemo(
    () => (sets && value ? rows.map((row) => groupOf(String(row[sets.id]), Number(row[value.id]))) : []),
    [rows, sets, value],
  );
  const pick = (at: number, label: string) => {
    const row = rows[at];
    if (row) onOpen?.(row, label);
  };
  return <Upset title={say(entry.title)} groups={groups} onPick={onOpen && pick} />;
}

function Matrix({ entry, rows, onOpen }: AnswerChartProps) {
  const say = useSay();
  const cells = useCells();
  const column = useColumn(entry);
  const [x, y, value] = [column('x'), column('y'), column('value')];
  const drawn = useMemo(() => {
    if (!x || !y || !value) return undefined;
    const across = distinct(rows, x.id);
    const down = distinct(rows, y.id);
    const heat = rows.map((row) => ({
      column: across.indexOf(row[x.id]),
      row: down.indexOf(row[y.id]),
      value: row[value.id] as number | null,
    }));
    return { columns: across.map((each) => cells.text(x, each)), rows: down.map((each) => cells.text(y, each)), heat };
  }, [rows, x, y, value, cells]);
  if (!drawn || !x || !y || !value) return null;
  const pick = (cell: (typeof drawn.heat)[number]) => {
    const row = rows[drawn.heat.indexOf(cell)];
    if (row) onOpen?.(row, `${drawn.rows[cell.row]} · ${drawn.columns[cell.column]}`);
  };
  return (
    <HeatMap
      title={say(entry.title)}
      columns={drawn.columns}
      rows={drawn.rows}
      cells={drawn.heat}
      kind={value.kind}
      columnTitle={cells.title(x)}
      rowTitle={cells.title(y)}
      onPick={onOpen && pick}
    />
  );
}

function Flows({ entry, rows, height, onOpen }: AnswerChartProps) {
  const say = useSay();
  const cells = useCells();
  const stages = useStages();
  const column = useColumn(entry);
  const [from, to, value] = [column('from'), column('to'), column('value')];
  const drawn = useMemo(() => {
    if (!from || !to || !value) return undefined;
    const flows = rows.map((row) => ({
      from: String(row[from.id]),
      to: String(row[to.id]),
      value: Number(row[value.id]),
    }));
    const known = [...stages.codes].reverse().concat('none');
    const others = [...new Set(flows.flatMap((flow) => [flow.from, flow.to]))].filter(
      (place) => !known.includes(place),
    );
    return { flows, order: cells.isStage(from) ? [...known, ...others] : others };
  }, [rows, from, to, value, cells, stages]);
  const name = useCallback((place: string) => (from ? cells.text(from, place) : place), [from, cells]);
  const color = useCallback((place: string) => stages.color(place), [stages]);
  if (!drawn) return null;
  const pick = (flow: Flow) => {
    const row = rows[drawn.flows.indexOf(flow)];
    if (row) onOpen?.(row, `${name(flow.from)} → ${name(flow.to)}`);
  };
  return (
    <Sankey
      title={say(entry.title)}
      flows={drawn.flows}
      order={drawn.order}
      name={name}
      color={color}
      {...(height ? { height } : {})}
      onPick={onOpen && pick}
    />
  );
}
