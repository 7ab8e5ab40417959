import { DeleteOutlined } from '@ant-design/icons';
import { Button, Progress, Table, type TableProps } from 'antd';
import { bytesIn } from '../../format/bytes.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { type Sending, uploads } from './sending/uploadBook.ts';
import { useDataWords } from './useDataWords.ts';
import { useRecognised } from './useRecognised.ts';

interface FileListProps {
  readonly list: readonly Sending[];
  readonly picked: string | undefined;
  readonly onPick: (key: string) => void;
}

/** The files to be imported: how far each is sent, and what it was taken for. */
export function FileList({ list, picked, onPick }: FileListProps) {
  const t = useText().data.files;
  const columns: TableProps<Sending>['columns'] = [
    {
      title: t.name,
      key: 'name',
      render: (_, { key, name }) => (
        <Button type="link" size="small" className="qc-cell-link" aria-label={t.open(name)} onClick={() => onPick(key)}>
          {name}
        </Button>
      ),
    },
    { title: t.size, dataIndex: 'size', align: 'end', render: bytesIn, className: 'qc-nowrap' },
    { title: t.state, key: 'state', width: 150, render: (_, file) => <Phase file={file} /> },
    { title: t.found, key: 'found', render: (_, file) => <Found file={file} /> },
    { title: t.first, key: 'first', render: (_, file) => <First file={file} /> },
    {
      key: 'do',
      align: 'end',
      render: (_, { key, name }) => (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t.removeOne(name)}
          title={t.remove}
          onClick={() => uploads.remove(key)}
        />
      ),
    },
  ];
  return (
    <Table
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={[...list]}
      rowClassName={({ key }) => (key === picked ? 'qc-row-picked' : '')}
      pagination={list.length > 20 ? { pageSize: 20, showSizeChanger: false, size: 'small' } : false}
      scroll={{ x: 'max-content' }}
    />
  );
}

function Phase({ file: { key, phase, received, size, error } }: { readonly file: Sending }) {
  const t = useText();
  const { files } = t.data;
  const share = Math.floor((received / Math.max(1, size)) * 100);
  if (phase === 'sent') return files.sent;
  if (phase === 'waiting') return <span className="qc-muted">{files.waiting}</span>;
  if (phase === 'partial') return <span className="qc-rejected">{files.partial}</span>;
  if (phase === 'failed')
    return (
      <>
        <span className="qc-rejected" title={sayError(error, t.ui)}>
          {files.failed}
        </span>{' '}
        <Button size="small" onClick={() => uploads.again(key)}>
          {files.again}
        </Button>
      </>
    );
  return (
    <>
      <Progress
        percent={share}
        size="small"
        status={phase === 'lost' ? 'exception' : 'active'}
        aria-label={files.state}
      />
      {phase === 'lost' ? <div className="qc-small qc-rejected">{files.lost}</div> : null}
    </>
  );
}

function Found({ file }: { readonly file: Sending }) {
  const t = useText();
  const words = useDataWords();
  const { data, error, isFetching } = useRecognised(file);
  if (file.phase !== 'sent') return '–';
  if (error && !isFetching)
    return (
      <div className="qc-rejected" style={{ maxWidth: 420, overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        {sayError(error, t.ui)}
      </div>
    );
  if (!data) return <span className="qc-muted">{t.data.files.looking}</span>;
  const delimiter = t.data.delimiters[data.delimiter] ?? data.delimiter;
  return (
    <div>
      {data.entity === null ? (
        <>
          <span className="qc-rejected">{t.data.files.unknown}</span>
          {data.nearest ? <div>{words.like(data.nearest)}</div> : null}
        </>
      ) : (
        <>
          {words.entity(data.entity)} <span className="qc-muted">· {words.preset(data.preset)}</span>
        </>
      )}
      <div className="qc-small qc-muted">{t.data.shape(data.format, data.encoding, delimiter)}</div>
    </div>
  );
}

function First({ file }: { readonly file: Sending }) {
  const t = useText().data.files;
  const { data } = useRecognised(file);
  if (!data || data.entity === null) return '–';
  if (data.rejected === 0) return t.fits(data.accepted);
  return <span className="qc-rejected">{data.accepted === 0 ? t.none : t.some(data.accepted, data.rejected)}</span>;
}
