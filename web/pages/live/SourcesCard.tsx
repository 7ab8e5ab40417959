import type { UseQueryResult } from '@tanstack/react-query';
import { Button, type TableProps } from 'antd';
import { Link } from 'wouter';
import type { LiveSource } from '../../../src/api/live.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';

interface SourcesCardProps {
  readonly query: UseQueryResult<readonly LiveSource[]>;
  /** Absent where nothing may be changed. */
  readonly onEdit: ((name: string) => void) | undefined;
}

/** Every source with its counts. */
export function SourcesCard({ query, onEdit }: SourcesCardProps) {
  const t = useText().live;
  const list = { items: query.data, error: query.error, again: () => void query.refetch() };
  return <ListCard list={list} rowKey="name" columns={useColumns(onEdit)} none={t.none} noneLead={t.noneLead} />;
}

function useColumns(onEdit: SourcesCardProps['onEdit']): NonNullable<TableProps<LiveSource>['columns']> {
  const t = useText().live;
  const format = useFormat();
  return [
    { title: t.name, dataIndex: 'name' },
    { title: t.state, dataIndex: 'enabled', render: (enabled: boolean) => (enabled ? t.enabled : t.disabled) },
    { title: t.accepted, dataIndex: 'accepted', align: 'end', render: format.count },
    { title: t.duplicate, dataIndex: 'duplicate', align: 'end', render: format.count },
    {
      title: t.rejected,
      dataIndex: 'rejected',
      align: 'end',
      render: (count: number) =>
        count > 0 ? (
          <Link href="/data/rejects" title={t.toRejects}>
            {format.count(count)}
          </Link>
        ) : (
          format.count(count)
        ),
    },
    {
      title: t.limit,
      dataIndex: 'per_second',
      align: 'end',
      render: (limit: number | null) => (limit === null ? t.noLimit : format.count(limit)),
    },
    {
      title: t.lastAt,
      dataIndex: 'last_at',
      className: 'qc-nowrap',
      render: (at: string | null) => (at === null ? t.never : format.moment(at)),
    },
    ...(onEdit
      ? [
          {
            key: 'do',
            render: (_: unknown, { name }: LiveSource) => (
              <Button size="small" onClick={() => onEdit(name)}>
                {t.change}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
