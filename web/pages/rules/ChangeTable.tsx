import { Table } from 'antd';
import type { RuleChange } from '../../../src/api/rules.ts';
import { useText } from '../../text/useText.ts';
import type { RuleSet } from './ruleSet.ts';
import { useRuleWords } from './useRuleWords.ts';

interface ChangeTableProps {
  readonly changes: readonly RuleChange[];
  /** Set whose groups name behaviours. */
  readonly set: RuleSet;
  /** What the two sides are called. */
  readonly from: string;
  readonly to: string;
}

/** Leaves that differ: where, and what stands on each side. */
export function ChangeTable({ changes, set, from, to }: ChangeTableProps) {
  const t = useText().rules.diff;
  const words = useRuleWords();
  const side = (title: string, dataIndex: 'from' | 'to') => ({
    title,
    dataIndex,
    render: (value: unknown) => <div style={{ overflowWrap: 'anywhere' }}>{words.value(value, set)}</div>,
  });
  return (
    <Table
      size="small"
      rowKey="path"
      dataSource={[...changes]}
      pagination={changes.length > 50 ? { pageSize: 50, showSizeChanger: false, size: 'small' } : false}
      scroll={{ x: 560 }}
      tableLayout="fixed"
      columns={[
        {
          title: t.place,
          dataIndex: 'path',
          width: 160,
          render: (path: string) => <span title={path}>{words.path(path)}</span>,
        },
        side(from, 'from'),
        side(to, 'to'),
      ]}
    />
  );
}
