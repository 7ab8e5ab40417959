import type { UseQueryResult } from '@tanstack/react-query';
import { Card, Table, type TableProps } from 'antd';
import type { LiveState, RecentEvent } from '../../../src/api/live.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useBehavior } from '../../ui/useBehavior.ts';

/** Rows of a page. */
const ROWS = 20;

/** The events that were taken in last, newest first. */
export function RecentCard({ query }: { readonly query: UseQueryResult<LiveState> }) {
  const t = useText().live;
  return (
    <Card title={t.recent} size="small" extra={<span className="qc-muted qc-small">{t.recentLead}</span>}>
      <Table
        size="small"
        rowKey="number"
        loading={query.isPending}
        dataSource={query.data?.recent ?? []}
        columns={useColumns()}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: ROWS, showSizeChanger: false, size: 'small', hideOnSinglePage: true }}
        locale={{ emptyText: t.noRecent }}
        expandable={{ expandedRowRender: (event) => <Cells event={event} /> }}
      />
    </Card>
  );
}

function useColumns(): NonNullable<TableProps<RecentEvent>['columns']> {
  const t = useText().live;
  const format = useFormat();
  const behavior = useBehavior();
  return [
    { title: t.received, dataIndex: 'received', className: 'qc-nowrap', render: format.moment },
    { title: t.source, dataIndex: 'source' },
    {
      title: t.behavior,
      key: 'behavior',
      render: (_, event) =>
        event.entity === 'unreadable' ? t.unreadable : (behavior(event.behavior) ?? (event.behavior || event.entity)),
    },
    { title: t.identifiers, dataIndex: 'identifiers', render: (types: readonly string[]) => types.join(' · ') },
    { title: t.protocol, dataIndex: 'protocol' },
  ];
}

/** Everything a row says beside its identifiers. */
function Cells({ event: { cells } }: { readonly event: RecentEvent }) {
  return (
    <dl className="qc-small qc-cells">
      {Object.entries(cells).map(([name, text]) => (
        <div key={name}>
          <dt className="qc-muted">{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
