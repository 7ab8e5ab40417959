import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Segmented, Space, Table, type TableProps } from 'antd';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { isOver, type JobList } from '../../data/jobs.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { JobButtons } from './JobButtons.tsx';
import { JobDrawer } from './JobDrawer.tsx';
import { JobStatus } from './JobStatus.tsx';
import { useJobWords } from './useJobWords.ts';

const statuses = ['running', 'done', 'failed', 'cancelled'] as const;

function useJobPages() {
  return useInfiniteQuery({
    queryKey: ['jobs', 'pages'],
    queryFn: ({ pageParam, signal }) => call<JobList>(`/api/jobs?limit=100${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === undefined ? undefined : `&cursor=${encodeURIComponent(next)}`),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((job) => !isOver(job))) ? 2_000 : 20_000,
    placeholderData: keepPreviousData,
  });
}

/** Long work of the workspace, newest first: what runs, how it ended, and starting it again. */
export function JobsPage() {
  const t = useText();
  const [state, set] = useUrlState({ status: 'all', job: 0 });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useJobPages();
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = all.filter(
    ({ status }) => state.status === 'all' || (status === 'queued' ? 'running' : status) === state.status,
  );
  const columns = useColumns((job) => set({ job }));
  return (
    <Page title={t.shell.pages.jobs} lead={t.jobs.lead}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? (
        <Card size="small">
          <div className="qc-scroll-x" style={{ marginBlockEnd: 12 }}>
            <Segmented
              value={state.status}
              onChange={(status) => set({ status })}
              options={[
                { value: 'all', label: t.jobs.all },
                ...statuses.map((value) => ({ value, label: t.jobs.statuses[value] })),
              ]}
            />
          </div>
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={shown}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{
              emptyText: (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.jobs.none}>
                  <span className="qc-muted qc-small">{t.jobs.noneLead}</span>
                </Empty>
              ),
            }}
          />
          {hasNextPage ? (
            <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage} style={{ marginBlockStart: 8 }}>
              {t.ui.more}
            </Button>
          ) : null}
        </Card>
      ) : null}
      {state.job > 0 ? (
        <JobDrawer id={state.job} onClose={() => set({ job: 0 })} onRetried={({ id }) => set({ job: id })} />
      ) : null}
    </Page>
  );
}

function useColumns(onOpen: (id: number) => void): NonNullable<TableProps<Job>['columns']> {
  const t = useText().jobs;
  const format = useFormat();
  const words = useJobWords();
  return [
    { title: '#', dataIndex: 'id', align: 'end' },
    { title: t.status, dataIndex: 'status', render: (status: Job['status']) => <JobStatus status={status} /> },
    {
      title: t.title,
      key: 'title',
      render: (_, job) => (
        <Button type="link" size="small" className="qc-cell-link" onClick={() => onOpen(job.id)}>
          {words.title(job)}
        </Button>
      ),
    },
    { title: t.by, dataIndex: 'createdBy' },
    { title: t.createdAt, dataIndex: 'createdAt', render: format.moment, className: 'qc-nowrap' },
    { title: t.took, key: 'took', align: 'end', render: (_, job) => tookOf(job, words.span) },
    {
      key: 'do',
      render: (_, job) => (
        <Space>
          <JobButtons job={job} onRetried={({ id }) => onOpen(id)} />
        </Space>
      ),
    },
  ];
}

function tookOf({ startedAt, finishedAt }: Job, span: (seconds: number) => string): string {
  if (startedAt === null || finishedAt === null) return '–';
  return span((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}
