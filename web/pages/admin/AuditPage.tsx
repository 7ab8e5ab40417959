import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Select, Table, type TableProps } from 'antd';
import type { AuditEntry } from '../../../src/api/session.ts';
import { call } from '../../data/client.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';

interface AuditList {
  readonly items: readonly AuditEntry[];
  readonly next?: string;
}

function useAudit() {
  return useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) => call<AuditList>(`/api/audit?limit=200${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === undefined ? undefined : `&cursor=${encodeURIComponent(next)}`),
    staleTime: 0,
  });
}

/** Every change and every look at a single consumer, newest first. */
export function AuditPage() {
  const t = useText();
  const a = t.admin.audit;
  const [state, set] = useUrlState({ actor: '', action: '' });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit();
  const columns = useColumns();
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const shown = items.filter(
    ({ actor, action }) =>
      (state.actor === '' || actor === state.actor) && (state.action === '' || action === state.action),
  );
  const picks = (values: readonly string[], all: string, told: (value: string) => string) => [
    { value: '', label: all },
    ...[...new Set(values)].sort().map((value) => ({ value, label: told(value) })),
  ];
  return (
    <Page
      title={t.shell.pages.audit}
      lead={a.lead}
      tools={
        <>
          <Select
            aria-label={a.actor}
            value={state.actor}
            onChange={(actor) => set({ actor })}
            popupMatchSelectWidth={false}
            style={{ minWidth: 120 }}
            options={picks(
              items.map(({ actor }) => actor),
              a.anyActor,
              (actor) => a.actors[actor] ?? actor,
            )}
          />
          <Select
            aria-label={a.action}
            value={state.action}
            onChange={(action) => set({ action })}
            popupMatchSelectWidth={false}
            style={{ minWidth: 140 }}
            options={picks(
              items.map(({ action }) => action),
              a.anyAction,
              (action) => t.admin.actions[action] ?? action,
            )}
          />
        </>
      }
    >
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? (
        <Card size="small">
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={shown}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={a.none} /> }}
          />
          {hasNextPage ? (
            <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage} style={{ marginBlockStart: 8 }}>
              {t.ui.more}
            </Button>
          ) : null}
        </Card>
      ) : null}
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<AuditEntry>['columns']> {
  const t = useText().admin;
  const format = useFormat();
  return [
    { title: t.audit.at, dataIndex: 'at', className: 'qc-nowrap', render: format.moment },
    { title: t.audit.actor, dataIndex: 'actor', render: (actor: string) => t.audit.actors[actor] ?? actor },
    {
      title: t.audit.action,
      dataIndex: 'action',
      render: (action: string) => <span title={action}>{t.actions[action] ?? action}</span>,
    },
    { title: t.audit.detail, dataIndex: 'detail', render: (detail: unknown) => <Detail detail={detail} /> },
  ];
}

function Detail({ detail }: { readonly detail: unknown }) {
  const t = useText();
  if (typeof detail !== 'object' || detail === null) return null;
  const roles: Readonly<Record<string, string>> = t.shell.roles;
  const told = (name: string, value: unknown) => {
    if (name === 'role') return roles[String(value)] ?? String(value);
    if (typeof value === 'object' && value !== null) return JSON.stringify(value);
    const isPlain = name === 'by' || typeof value !== 'string';
    return (isPlain ? t.admin.values[String(value)] : undefined) ?? String(value);
  };
  return (
    <div style={{ maxWidth: 480, overflowWrap: 'anywhere' }}>
      {Object.entries(detail).map(([name, value]) => (
        <span key={name} style={{ marginInlineEnd: 12 }}>
          <span className="qc-muted">{t.admin.details[name] ?? name}</span> {told(name, value)}
        </span>
      ))}
    </div>
  );
}
