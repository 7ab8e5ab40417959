import { Card, Table, Tooltip } from 'antd';
import type { Consumer } from '../../../src/api/consumers.ts';
import { useText } from '../../text/useText.ts';
import { StateMark } from '../../ui/StateMark.tsx';

type Identifier = Consumer['identifiers'][number];

/** Identifiers of a consumer; a personal one as the beginning of its hash, a shared one with what that means. */
export function Identifiers({ list }: { readonly list: readonly Identifier[] }) {
  const t = useText();
  const c = t.consumers;
  return (
    <Card size="small" title={c.identifiers} className="qc-half">
      <Table
        size="small"
        rowKey={({ type, value }) => `${type}:${value}`}
        dataSource={[...list]}
        pagination={list.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: c.type, dataIndex: 'type', render: (type: string) => t.data.identifiers[type] ?? type },
          {
            title: c.value,
            dataIndex: 'value',
            render: (value: string) => <code style={{ overflowWrap: 'anywhere' }}>{value}</code>,
          },
          { key: 'marks', render: (_, each) => <Marks identifier={each} /> },
        ]}
      />
      {list.some(({ shared }) => shared) ? <p className="qc-small qc-muted">{c.sharedTip}</p> : null}
      {list.some(({ personal }) => personal) ? <p className="qc-small qc-muted">{c.personalTip}</p> : null}
    </Card>
  );
}

function Marks({ identifier: { personal, shared } }: { readonly identifier: Identifier }) {
  const t = useText().consumers;
  return (
    <>
      {personal ? (
        <Tooltip title={t.personalTip}>
          <span>
            <StateMark tone="quiet">{t.personal}</StateMark>
          </span>
        </Tooltip>
      ) : null}
      {shared ? (
        <Tooltip title={t.sharedTip}>
          <span>
            <StateMark tone="bad">{t.shared}</StateMark>
          </span>
        </Tooltip>
      ) : null}
    </>
  );
}
