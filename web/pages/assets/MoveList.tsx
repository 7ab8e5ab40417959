import type { MoveRow } from '../../data/rows.ts';
import type { OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { NumberCell } from '../../ui/NumberCell.tsx';
import { StageTag } from '../../ui/StageTag.tsx';
import { useStages } from '../../ui/useStages.ts';
import { useReason } from './useReason.ts';

interface MoveListProps {
  readonly rows: readonly MoveRow[];
  readonly onOpen: OpenRow;
}

/** Moves as lines: from where to where, why, and how many, which opens. */
export function MoveList({ rows, onOpen }: MoveListProps) {
  const stages = useStages();
  const reason = useReason();
  const label = (row: MoveRow) =>
    `${stages.name(row.from_stage)} → ${stages.name(row.to_stage)} · ${reason(row.reason)}`;
  return (
    <ul className="qc-moves">
      {rows.map((row) => (
        <li key={`${row.from_stage} ${row.to_stage} ${row.reason}`}>
          <span className="qc-moves-way">
            <StageTag code={row.from_stage} /> → <StageTag code={row.to_stage} />
          </span>
          <span className="qc-muted qc-moves-reason">{reason(row.reason)}</span>
          <NumberCell value={row.consumers} kind="count" label={label(row)} onOpen={() => onOpen(row, label(row))} />
        </li>
      ))}
    </ul>
  );
}
