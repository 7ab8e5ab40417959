import { CheckOutlined, WarningOutlined } from '@ant-design/icons';
import { Table, type TableProps } from 'antd';
import { Link } from 'wouter';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useDataWords } from '../data/useDataWords.ts';
import { type FileReport, reconciles, sumOf } from './reconcile.ts';

interface FileReportsProps {
  readonly reports: readonly FileReport[];
  /** Number of the import, for the way to its rejects. */
  readonly importId?: number | undefined;
}

/** What became of every row of an import, file by file: read = accepted + duplicate + rejected. */
export function FileReports({ reports, importId }: FileReportsProps) {
  const t = useText().data.report;
  const format = useFormat();
  const can = useCan();
  const columns = useColumns();
  const sum = sumOf(reports);
  const whole = reconciles(sum);
  const [read, accepted, duplicate, rejected] = [sum.read, sum.accepted, sum.duplicate, sum.rejected].map(format.count);
  return (
    <>
      <p className="qc-sentence">
        {whole ? (
          <CheckOutlined style={{ color: 'var(--qc-gain)' }} />
        ) : (
          <WarningOutlined style={{ color: 'var(--qc-loss)' }} />
        )}{' '}
        {t.sum(read ?? '', accepted ?? '', duplicate ?? '', rejected ?? '')} {whole ? t.whole : t.notWhole}
        {sum.rejected > 0 && importId !== undefined && can('people') ? (
          <>
            {' '}
            <Link href={`/data/rejects?import=${importId}`}>{t.seeRejects(format.count(sum.rejected))}</Link>
          </>
        ) : null}
      </p>
      <Table
        size="small"
        rowKey={({ file, seconds, read: rows }) => `${file} ${rows} ${seconds}`}
        columns={columns}
        dataSource={[...reports]}
        pagination={reports.length > 50 ? { pageSize: 50, showSizeChanger: false, size: 'small' } : false}
        scroll={{ x: 'max-content' }}
      />
    </>
  );
}

function useColumns(): NonNullable<TableProps<FileReport>['columns']> {
  const t = useText().data.report;
  const format = useFormat();
  const words = useDataWords();
  const count = (title: string, name: 'read' | 'accepted' | 'duplicate' | 'rejected') => ({
    title,
    dataIndex: name,
    align: 'end' as const,
    render: (value: number) => format.count(value),
  });
  return [
    {
      title: t.file,
      dataIndex: 'file',
      render: (file: string, { message }) => (
        <div style={{ maxWidth: 360, overflowWrap: 'anywhere' }}>
          {words.file(file)}
          {message ? <div className="qc-small qc-muted">{words.message(message)}</div> : null}
        </div>
      ),
    },
    { title: t.entity, dataIndex: 'entity', render: words.entity },
    { title: t.preset, dataIndex: 'preset', render: words.preset },
    count(t.read, 'read'),
    count(t.accepted, 'accepted'),
    count(t.duplicate, 'duplicate'),
    {
      ...count(t.rejected, 'rejected'),
      render: (value: number) =>
        value > 0 ? <span style={{ color: 'var(--qc-loss)' }}>{format.count(value)}</span> : format.count(value),
    },
    {
      title: t.unmapped,
      dataIndex: 'unmapped',
      render: (unmapped: readonly string[]) =>
        unmapped.length === 0 ? '–' : <span title={unmapped.join(', ')}>{t.columns(unmapped.length)}</span>,
    },
    {
      title: t.seconds,
      dataIndex: 'seconds',
      align: 'end',
      render: (seconds: number) => format.exact(seconds, 'number'),
    },
  ];
}
