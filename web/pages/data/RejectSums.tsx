import { Button, Table, type TableProps } from 'antd';
import type { RejectSum } from '../../../src/api/data.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useDataWords } from './useDataWords.ts';
import { isMeant, type RejectFilter } from './useRejects.ts';

interface RejectSumsProps {
  readonly sums: readonly RejectSum[];
  readonly filter: RejectFilter;
  readonly onPick: (sum: RejectSum) => void;
}

/** Rejects counted by import, file, column and reason; a line leads to its rows. */
export function RejectSums({ sums, filter, onPick }: RejectSumsProps) {
  const t = useText().data.rejects;
  const format = useFormat();
  const words = useDataWords();
  const isPicked = (sum: RejectSum) => filter.reason !== '' && isMeant(sum, filter);
  const columns: TableProps<RejectSum>['columns'] = [
    { title: t.import, dataIndex: 'import', render: t.importNo, className: 'qc-nowrap' },
    {
      title: t.file,
      dataIndex: 'file',
      render: (file: string) => <div style={{ maxWidth: 320, overflowWrap: 'anywhere' }}>{words.file(file)}</div>,
    },
    { title: t.column, dataIndex: 'column', render: (name: string) => (name === '' ? '–' : words.column(name)) },
    { title: t.reason, dataIndex: 'reason', render: words.reason },
    { title: t.rows, dataIndex: 'rows', align: 'end', render: (rows: number) => format.count(rows) },
    {
      key: 'do',
      render: (_, sum) => (
        <Button size="small" type={isPicked(sum) ? 'primary' : 'default'} onClick={() => onPick(sum)}>
          {isPicked(sum) ? t.showing : t.show}
        </Button>
      ),
    },
  ];
  return (
    <Table
      size="small"
      rowKey={({ file_id, column, reason }) => `${file_id} ${column} ${reason}`}
      columns={columns}
      dataSource={[...sums]}
      pagination={sums.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
      scroll={{ x: 'max-content' }}
    />
  );
}
