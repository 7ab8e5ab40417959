import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { App, Button, Card, Empty, Popconfirm, Space, Table, type TableProps } from 'antd';
import type { SavedPeople } from '../../../src/api/analyses.ts';
import { useShelf } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useSay, useText } from '../../text/useText.ts';
import { Failed, sayError } from '../../ui/Failed.tsx';
import { exportFrom } from '../../ui/files.ts';
import { NumberCell } from '../../ui/NumberCell.tsx';
import { useOpen } from '../../ui/opening.ts';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';

interface SavedList {
  readonly items: readonly SavedPeople[];
  readonly next?: string;
}

function useSaved() {
  return useInfiniteQuery({
    queryKey: ['saved-people'],
    queryFn: ({ pageParam, signal }) => call<SavedList>(`/api/people?limit=100${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === undefined ? undefined : `&cursor=${encodeURIComponent(next)}`),
  });
}

/** People that were saved from behind a number: who saved them when, and their consumers as a file. */
export function PeoplePage() {
  const t = useText();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useSaved();
  const columns = useColumns();
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t.shell.pages.people} lead={t.people.lead}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? (
        <Card size="small">
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={items}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.people.none} /> }}
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

function useColumns(): NonNullable<TableProps<SavedPeople>['columns']> {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const open = useOpen();
  const { data: shelf } = useShelf();
  const titleOf = (id: string) => {
    const entry = shelf?.find((each) => each.id === id);
    return entry ? say(entry.title) : id;
  };
  return [
    { title: t.people.name, dataIndex: 'name' },
    { title: t.people.from, dataIndex: 'analysis', render: titleOf },
    {
      title: t.people.count,
      dataIndex: 'count',
      align: 'end',
      render: (count: number, { analysis, params, row, name }) => (
        <NumberCell
          value={count}
          kind="count"
          label={name}
          onOpen={() => open({ analysis, params, row, label: `${name} · ${titleOf(analysis)}` })}
        />
      ),
    },
    { title: t.people.asOf, dataIndex: 'as_of', render: format.moment },
    { title: t.people.by, dataIndex: 'createdBy' },
    { title: t.people.at, dataIndex: 'createdAt', render: format.moment },
    { key: 'do', render: (_, saved) => <Tools saved={saved} /> },
  ];
}

function Tools({ saved }: { readonly saved: SavedPeople }) {
  const t = useText();
  const locale = useLocale();
  const can = useCan();
  const { message } = App.useApp();
  const fail = (error: unknown) => void message.error(sayError(error, t.ui));
  const removing = useMutation({
    mutationFn: () => call(`/api/people/${saved.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['saved-people'] });
      void message.success(t.people.removed);
    },
    onError: fail,
  });
  if (!can('people')) return null;
  const path = `/api/people/${saved.id}/consumers?format=csv&lang=${locale}`;
  const keep = () => exportFrom(path, `${saved.name}.csv`).then((name) => message.success(t.ui.exported(name)), fail);
  return (
    <Space>
      <Button size="small" onClick={() => void keep()}>
        {t.ui.exports.csv}
      </Button>
      <Popconfirm title={t.people.removeSure(saved.name)} onConfirm={() => removing.mutate()}>
        <Button size="small" danger loading={removing.isPending}>
          {t.people.remove}
        </Button>
      </Popconfirm>
    </Space>
  );
}
