import { useQuery } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import './data.css';
import type { ImportEntry, ImportPage } from '../../../src/api/data.ts';
import { call } from '../../data/client.ts';
import { usePages } from '../../data/pages.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { FileReports } from '../jobs/FileReports.tsx';
import { JobPanel } from '../jobs/JobPanel.tsx';
import { UndoImport } from './UndoImport.tsx';

/** Every import with what became of its rows, and the way to take it back. */
export function HistoryPage() {
  const t = useText();
  const h = t.data.history;
  const [state, set] = useUrlState({ job: 0, import: 0 });
  const list = usePages<ImportEntry>(['imports', 'pages'], '/api/imports?limit=50');
  const columns = useColumns((job) => set({ job }));
  return (
    <Page title={t.shell.pages.history} lead={h.lead}>
      <div className="qc-grid">
        {state.job > 0 ? (
          <JobPanel
            id={state.job}
            title={h.undoing}
            onClose={() => set({ job: 0 })}
            onRetried={(job) => set({ job })}
          />
        ) : null}
        <ListCard
          list={list}
          rowKey="id"
          columns={columns}
          none={h.none}
          expandable={{
            expandedRowKeys: state.import > 0 ? [state.import] : [],
            onExpand: (isOpen, { id }) => set({ import: isOpen ? id : 0 }),
            expandedRowRender: ({ id }) => <Details id={id} />,
          }}
        />
      </div>
    </Page>
  );
}

function Details({ id }: { readonly id: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => call<ImportPage>(`/api/imports/${id}`, { signal }),
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return data ? <FileReports reports={data.reports} importId={id} /> : <Waiting />;
}

const tones = { running: 'going', done: 'good', undone: 'quiet', failed: 'bad' } as const;

function useColumns(onUndo: (job: number) => void): NonNullable<TableProps<ImportEntry>['columns']> {
  const t = useText().data;
  const format = useFormat();
  const count = (title: string, dataIndex: 'files' | 'read' | 'accepted' | 'duplicate' | 'rejected') => ({
    title,
    dataIndex,
    align: 'end' as const,
    render: (value: number) => format.count(value),
  });
  return [
    { title: t.history.id, dataIndex: 'id', align: 'end' },
    { title: t.history.at, dataIndex: 'started_at', render: format.moment, className: 'qc-nowrap' },
    {
      title: t.history.path,
      dataIndex: 'path',
      render: (path: string) => (
        <div style={{ maxWidth: 320, overflowWrap: 'anywhere' }}>{path === 'rejects' ? t.history.replay : path}</div>
      ),
    },
    { title: t.history.source, dataIndex: 'source', render: (source: string | null) => source ?? '–' },
    {
      title: t.history.status,
      dataIndex: 'status',
      render: (status: ImportEntry['status']) => (
        <StateMark tone={tones[status]}>{t.history.statuses[status]}</StateMark>
      ),
    },
    count(t.history.files, 'files'),
    count(t.report.read, 'read'),
    count(t.report.accepted, 'accepted'),
    count(t.report.duplicate, 'duplicate'),
    count(t.report.rejected, 'rejected'),
    { key: 'do', render: (_, entry) => <UndoImport entry={entry} onUndo={onUndo} /> },
  ];
}
