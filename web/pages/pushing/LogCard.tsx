import { useMutation } from '@tanstack/react-query';
import { App, Button, Select, Space, type TableProps } from 'antd';
import { Link } from 'wouter';
import type { Push, PushLogRow, PushLogState } from '../../../src/api/pushes.ts';
import { logQuery, usePushLog, usePushRuns } from '../../data/pushes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { exportFrom } from '../../ui/files.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { usePushWords } from './usePushWords.ts';

/** What became of each record, by run and by outcome, and the same as CSV. */
export function LogCard({ push: { id } }: { readonly push: Push }) {
  const t = useText();
  const l = t.pushes.log;
  const [state, set] = useUrlState({ run: 0, outcome: '' });
  const outcome = (Object.hasOwn(l.states, state.outcome) ? state.outcome : '') as PushLogState | ''; // as: its states are the texts'
  const filter = { run: state.run, state: outcome };
  const runs = usePushRuns(id).items ?? [];
  const failed = new Set(runs.filter((run) => run.state === 'failed').map((run) => run.id));
  const { items, ...list } = usePushLog(id, filter);
  const { message } = App.useApp();
  const exporting = useMutation({
    mutationFn: () => exportFrom(`/api/pushes/${id}/log.csv?${logQuery(filter).slice(1)}`, `push-${id}-log.csv`),
    onSuccess: (name) => void message.success(t.ui.exported(name)),
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
  return (
    <>
      <h2 className="qc-push-heading">{l.title}</h2>
      <ListCard
        list={{ ...list, items: items && keyed(items) }}
        rowKey="key"
        columns={useColumns(failed)}
        none={l.none}
      >
        <Space wrap style={{ marginBlockEnd: 8 }}>
          <Select
            size="small"
            aria-label={l.run}
            value={state.run}
            options={[
              { value: 0, label: l.allRuns },
              ...runs.map((run) => ({ value: run.id, label: l.runOf(run.id) })),
            ]}
            onChange={(run) => set({ run }, { replace: true })}
            style={{ minWidth: 120 }}
          />
          <Select
            size="small"
            aria-label={l.state}
            value={outcome as string}
            options={[
              { value: '', label: l.allStates },
              ...Object.entries(l.states).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(next) => set({ outcome: next }, { replace: true })}
            style={{ minWidth: 150 }}
          />
          <Button size="small" onClick={() => exporting.mutate()} loading={exporting.isPending}>
            {l.csv}
          </Button>
          <span className="qc-small qc-muted">{l.lead}</span>
        </Space>
      </ListCard>
    </>
  );
}

type Keyed = PushLogRow & { readonly key: string };

const keyed = (rows: readonly PushLogRow[]): Keyed[] => rows.map((row) => ({ ...row, key: `${row.run}.${row.seq}` }));

const tones: Readonly<Record<PushLogState, 'good' | 'fault' | 'quiet' | 'going'>> = {
  ...{ planned: 'going', delivered: 'good', refused: 'fault', unsure: 'fault', control: 'quiet', consent: 'quiet' },
  ...{ suppressed: 'quiet', excluded: 'quiet', capped: 'quiet', unreachable: 'quiet' },
};

/** Note: what a run that failed had planned is not sent by it any more. */
function useColumns(failed: ReadonlySet<number>): NonNullable<TableProps<Keyed>['columns']> {
  const l = useText().pushes.log;
  const format = useFormat();
  const words = usePushWords();
  return [
    { title: l.run, dataIndex: 'run', render: l.runOf, className: 'qc-nowrap' },
    {
      title: l.consumer,
      dataIndex: 'consumer',
      render: (consumer: number) =>
        consumer === 0 ? l.nobody : <Link href={`/consumers/${consumer}`}>{consumer}</Link>,
    },
    { title: l.operation, dataIndex: 'operation', render: (each: string) => l.operations[each] ?? each },
    {
      title: l.identifier,
      dataIndex: 'identifier',
      render: (key: string) => (key === '' ? '–' : words.identifier(key)),
    },
    {
      title: l.state,
      dataIndex: 'state',
      render: (state: PushLogState, { run }) =>
        state === 'planned' && failed.has(run) ? (
          <StateMark tone="quiet">{l.unsent}</StateMark>
        ) : (
          <StateMark tone={tones[state]}>{l.states[state]}</StateMark>
        ),
    },
    { title: l.reason, dataIndex: 'reason', render: (reason: string) => (reason === '' ? '–' : reason) },
    { title: l.at, dataIndex: 'at', className: 'qc-nowrap', render: format.moment },
  ];
}
