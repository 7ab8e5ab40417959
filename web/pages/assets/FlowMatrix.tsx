import { useMemo } from 'react';
import { HeatMap } from '../../charts/HeatMap.tsx';
import type { FlowRow } from '../../data/rows.ts';
import { useText } from '../../text/useText.ts';
import type { OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { useStages } from '../../ui/useStages.ts';

interface FlowMatrixProps {
  readonly rows: readonly FlowRow[];
  readonly rules: string | undefined;
  readonly height: number;
  readonly onOpen: OpenRow;
}

/** Stages of the first day down, those of the last across; the deeper a cell, the more consumers. */
export function FlowMatrix({ rows, rules, height, onOpen }: FlowMatrixProps) {
  const t = useText().assets;
  const stages = useStages(rules);
  const places = useMemo(() => ['none', ...stages.codes], [stages]);
  const cells = useMemo(
    () =>
      rows.map((row) => ({
        row: places.indexOf(row.from_stage),
        column: places.indexOf(row.to_stage),
        value: row.consumers,
      })),
    [rows, places],
  );
  const names = useMemo(() => places.map((place) => stages.name(place)), [places, stages]);
  const codes = useMemo(() => places.map((place) => (place === 'none' ? stages.name(place) : place)), [places, stages]);
  const pick = (cell: { row: number; column: number }) => {
    const row = rows[cells.findIndex((each) => each.row === cell.row && each.column === cell.column)];
    if (row) onOpen(row, `${stages.name(row.from_stage)} → ${stages.name(row.to_stage)}`);
  };
  return (
    <HeatMap
      title={t.matrixTitle}
      columns={codes}
      rows={names}
      cells={cells}
      kind="count"
      columnTitle={t.toStage}
      rowTitle={t.fromStage}
      height={height}
      onPick={pick}
    />
  );
}
