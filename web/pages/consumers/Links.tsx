import { Card, Table } from 'antd';
import type { Consumer } from '../../../src/api/consumers.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';

type Link = Consumer['links'][number];

/** Why identifiers are one consumer: the rows that show them side by side. */
export function Links({ list }: { readonly list: readonly Link[] }) {
  const t = useText().consumers;
  const format = useFormat();
  return (
    <Card size="small" title={t.links} className="qc-half">
      <p className="qc-sentence qc-muted">{list.length === 0 ? t.linksNone : t.linksLead}</p>
      {list.length === 0 ? null : (
        <Table
          size="small"
          rowKey={({ left, right, file, line }) => `${left} ${right} ${file} ${line}`}
          dataSource={[...list]}
          pagination={list.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
          scroll={{ x: 480 }}
          columns={[
            {
              title: t.linked,
              key: 'linked',
              render: (_, { left, right }) => (
                <>
                  <Named name={left} /> — <Named name={right} />
                </>
              ),
            },
            {
              title: t.file,
              dataIndex: 'file',
              render: (file: string) => <span style={{ overflowWrap: 'anywhere' }}>{file}</span>,
            },
            { title: t.line, dataIndex: 'line', align: 'end', render: (line: number) => format.count(line) },
            { title: t.rows, dataIndex: 'rows', align: 'end', render: (rows: number) => format.count(rows) },
          ]}
        />
      )}
    </Card>
  );
}

/** `phone:3f9a…` as its type in words and its value. */
function Named({ name }: { readonly name: string }) {
  const t = useText().data.identifiers;
  const at = name.indexOf(':');
  const type = name.slice(0, Math.max(0, at));
  return (
    <span>
      <span className="qc-muted">{t[type] ?? type}</span>{' '}
      <code style={{ overflowWrap: 'anywhere' }}>{name.slice(at + 1)}</code>
    </span>
  );
}
