import { Button, Segmented, Space, type TableProps } from 'antd';
import type { Job } from '../../../src/api/jobs.ts';
import { isOver } from '../../data/jobs.ts';
import { usePages } from '../../data/pages.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { JobButtons } from './JobButtons.tsx';
import { JobDrawer } from './JobDrawer.tsx';
import { JobStatus } from './JobStatus.tsx';
import { useJobWords } from './useJobWords.ts';

const statuses = ['running', 'done', 'failed', 'cancelled'] as const;

/** Often while something runs. */
const every = (jobs: readonly Job[]) => (jobs.every(isOver) ? 20_000 : 2_000);

/** Long work of the workspace, newest first: what runs, how it ended, and starting it again. */
export function JobsPage() {
  const t = useText();
  const [state, set] = useUrlState({ status: 'all', job: 0 });
  const list = usePages<Job>(['jobs', 'pages'], '/api/jobs?limit=100', { every });
  const shown = (list.items ?? []).filter(
    ({ status }) => state.status === 'all' || (status === 'queued' ? 'running' : status) === state.status,
  );
  const columns = useColumns((job) => set({ job }));
  return (
    <Page title={t.shell.pages.jobs} lead={t.jobs.lead}>
      <ListCard list={list} shown={shown} rowKey="id" columns={columns} none={t.jobs.none} noneLead={t.jobs.noneLead}>
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
      </ListCard>
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
