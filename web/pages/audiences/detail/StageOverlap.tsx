import { Table } from 'antd';
import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { useStages } from '../../../ui/useStages.ts';
import { inOrder, type TgiCell } from './tgi.ts';
import { useTgiWords } from './useTgiWords.ts';

interface StageOverlapProps {
  readonly cells: readonly TgiCell[];
  readonly onOpen: (cell: TgiCell, label: string) => void;
}

/** How many of an audience are in each stage, against its base: the portrait's own rows of the stage. */
export function StageOverlap({ cells, onOpen }: StageOverlapProps) {
  const t = useText();
  const s = t.audiences.shown;
  const format = useFormat();
  const words = useTgiWords();
  const { codes } = useStages();
  const stages = inOrder(cells, 'stage', codes);
  if (stages.length === 0) return null;
  const share = (of: number | null) => (of === null ? '–' : format.exact(of, 'rate'));
  const whole = (index: number) => format.count(Math.round(index));
  const index = ({ tgi, low, high }: TgiCell) =>
    tgi === null || low === null || high === null ? '–' : `${whole(tgi)} (${whole(low)}–${whole(high)})`;
  const count = (cell: TgiCell) => (
    <button
      type="button"
      className="qc-number"
      aria-label={t.ui.openNumber(`${words.value(cell)} ${format.count(cell.consumers)}`)}
      onClick={() => onOpen(cell, words.value(cell))}
    >
      {format.count(cell.consumers)}
    </button>
  );
  return (
    <section style={{ marginBlockEnd: 16 }}>
      <h3 className="qc-rule-scene">{codes.join('') === 'AIPL' ? s.aipl : s.stageOverlap}</h3>
      <p className="qc-muted qc-small">{s.aiplLead}</p>
      <Table
        size="small"
        rowKey="value"
        dataSource={stages}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: words.tag('stage'), key: 'value', render: (_, cell) => words.value(cell) },
          { title: s.peopleTitle, key: 'consumers', align: 'end', render: (_, cell) => count(cell) },
          { title: s.share, dataIndex: 'share', align: 'end', render: share },
          { title: s.baseShare, dataIndex: 'base_share', align: 'end', render: share },
          { title: s.tgi, key: 'tgi', align: 'end', render: (_, cell) => index(cell) },
        ]}
      />
    </section>
  );
}
