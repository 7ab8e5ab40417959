import { Empty, Table, type TableProps } from 'antd';
import type { Recognised } from '../../../src/api/data.ts';
import { useText } from '../../text/useText.ts';
import { columnsTaken } from './mapping/mapping.ts';
import { useDataWords } from './useDataWords.ts';

type Row = Recognised['rows'][number];

/** The first rows of a file: in each cell what it becomes and the text it comes from; rejects with their reason. */
export function PreviewTable({ found }: { readonly found: Recognised }) {
  const t = useText().data.preview;
  const columns = useColumns(found);
  return (
    <Table
      size="small"
      rowKey="line"
      columns={columns}
      dataSource={found.rows}
      pagination={false}
      scroll={{ x: 'max-content', y: 420 }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} /> }}
    />
  );
}

function useColumns(found: Recognised): NonNullable<TableProps<Row>['columns']> {
  const t = useText().data.preview;
  const words = useDataWords();
  const line = { title: t.line, dataIndex: 'line', align: 'end' as const, width: 64, fixed: 'start' as const };
  const isTaken = new Set(
    Object.values(found.mapping?.columns ?? {})
      .flatMap(columnsTaken)
      .map(spelled),
  );
  const raw = found.columns.flatMap((name, at) =>
    isTaken.has(spelled(name))
      ? []
      : [
          {
            key: `raw ${at}`,
            title: (
              <span title={found.entity === null ? undefined : t.unusedTip}>
                {name} {found.entity === null ? null : <span className="qc-small qc-muted">{t.unused}</span>}
              </span>
            ),
            render: (_: unknown, row: Row) => <Text text={row.raw[at] ?? ''} muted={found.entity !== null} />,
          },
        ],
  );
  const turned = Object.entries(found.mapping?.columns ?? {}).map(([name, cell]) => {
    const taken = columnsTaken(cell);
    const places = taken.map((each) => found.columns.findIndex((column) => spelled(column) === spelled(each)));
    return {
      key: name,
      title: (
        <>
          {words.column(name)}
          <div className="qc-preview-raw qc-preview-cell" title={taken.join(', ')}>
            {taken.length > 0 ? t.from(taken.join(' + ')) : t.constant}
          </div>
        </>
      ),
      render: (_: unknown, row: Row) => <Turned row={row} name={name} places={places} />,
    };
  });
  const verdict = {
    key: 'verdict',
    title: t.rejected,
    render: (_: unknown, { reject }: Row) =>
      reject ? <span className="qc-rejected">▲ {words.reject(reject)}</span> : null,
  };
  const isAny = found.entity !== null && found.rejected > 0;
  return [line, ...(isAny ? [verdict] : []), ...turned, ...raw];
}

/** Columns are told apart without case and outer spaces, as an import does. */
function spelled(name: string): string {
  return name.trim().toLowerCase();
}

function Text({ text, muted }: { readonly text: string; readonly muted?: boolean }) {
  return (
    <div className={muted ? 'qc-preview-cell qc-muted' : 'qc-preview-cell'} title={text}>
      {text === '' ? '–' : text}
    </div>
  );
}

interface TurnedProps {
  readonly row: Row;
  readonly name: string;
  /** Where the file has the columns it comes from. */
  readonly places: readonly number[];
}

function Turned({ row, name, places }: TurnedProps) {
  const text = places.flatMap((at) => row.raw[at] ?? []).join(' + ');
  const isWrong = row.reject?.column === name || (row.reject?.column === 'id_' && name.startsWith('id_'));
  const value = row.turned?.[name] ?? '';
  return (
    <>
      <div className={isWrong ? 'qc-preview-cell qc-rejected' : 'qc-preview-cell'} title={value}>
        {row.turned ? (value === '' ? '–' : value) : isWrong ? '▲' : '–'}
      </div>
      {places.length > 0 ? (
        <div
          className={isWrong ? 'qc-preview-cell qc-rejected qc-small' : 'qc-preview-cell qc-preview-raw'}
          title={text}
        >
          {text === '' ? '\u00a0' : text}
        </div>
      ) : null}
    </>
  );
}
