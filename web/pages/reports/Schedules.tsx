import { useMutation } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space, Switch, type TableProps } from 'antd';
import { useState } from 'react';
import type { Job } from '../../../src/api/jobs.ts';
import type { Schedule } from '../../../src/api/reports.ts';
import { type Ask, call } from '../../data/client.ts';
import { usePages } from '../../data/pages.ts';
import { queries } from '../../data/queries.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { ListCard } from '../../ui/ListCard.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { SecretOnce } from '../admin/SecretOnce.tsx';
import { JobPanel } from '../jobs/JobPanel.tsx';
import { NewSchedule } from './NewSchedule.tsx';
import { Runs } from './Runs.tsx';
import { useWhenWords } from './useWhenWords.ts';

interface Made {
  readonly schedule: Schedule;
  readonly secret: string | null;
}

/** Reports that are made by themselves: when, of how many days, where they are sent, and all that was made. */
export function Schedules() {
  const t = useText();
  const s = t.reports.schedules;
  const can = useCan();
  const [state, set] = useUrlState({ add: false, runs: 0, job: 0 });
  const [secret, setSecret] = useState<string>();
  const list = usePages<Schedule>(['reports', 'schedules'], '/api/reports/schedules?limit=200');
  const change = useChange();
  const columns = useColumns(change.mutate, (job) => set({ job }));
  const make = (body: object) =>
    change.mutate(
      { path: '/api/reports/schedules', method: 'POST', body },
      {
        onSuccess: (made) => {
          set({ add: false });
          setSecret((made as Made).secret ?? undefined); // as: it is what a new schedule is answered with
        },
      },
    );
  return (
    <div className="qc-grid">
      <div className="qc-page-tools">
        <span className="qc-muted" style={{ flex: '1 1 240px' }}>
          {s.lead}
        </span>
        {can('operate') ? (
          <Button type="primary" onClick={() => set({ add: true })}>
            {s.add}
          </Button>
        ) : null}
      </div>
      {state.job > 0 ? (
        <JobPanel id={state.job} title={s.running} onClose={() => set({ job: 0 })} onRetried={(job) => set({ job })} />
      ) : null}
      <ListCard
        list={list}
        rowKey="id"
        columns={columns}
        none={s.none}
        expandable={{
          expandedRowKeys: state.runs > 0 ? [state.runs] : [],
          onExpand: (isOpen, { id }) => set({ runs: isOpen ? id : 0 }),
          expandedRowRender: ({ id }) => <Runs schedule={id} />,
        }}
      />
      {state.add ? <NewSchedule isBusy={change.isPending} onMake={make} onClose={() => set({ add: false })} /> : null}
      {secret ? (
        <SecretOnce title={s.secret} lead={s.secretLead} secret={secret} onClose={() => setSecret(undefined)} />
      ) : null}
    </div>
  );
}

interface Change extends Ask {
  readonly path: string;
}

function useChange() {
  const t = useText();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ path, ...ask }: Change) => call<unknown>(path, ask),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['reports', 'schedules'] }),
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
}

type Mutate = ReturnType<typeof useChange>['mutate'];

function useColumns(change: Mutate, onRun: (job: number) => void): NonNullable<TableProps<Schedule>['columns']> {
  const s = useText().reports.schedules;
  const format = useFormat();
  const told = useWhenWords();
  const can = useCan();
  const moment = (at: string | null) => (at === null ? s.never : format.moment(at));
  return [
    {
      title: s.name,
      dataIndex: 'name',
      render: (name: string) => <div style={{ maxWidth: 240, overflowWrap: 'anywhere' }}>{name}</div>,
    },
    { title: s.when, dataIndex: 'cron', render: (cron: string) => <span title={cron}>{told(cron)}</span> },
    { title: s.days, dataIndex: 'days', render: s.daysOf },
    {
      title: s.delivery,
      dataIndex: 'webhook',
      render: (webhook: string | null) => (
        <div style={{ maxWidth: 240, overflowWrap: 'anywhere' }}>{webhook ?? s.notSent}</div>
      ),
    },
    {
      title: s.next,
      dataIndex: 'nextAt',
      className: 'qc-nowrap',
      render: (at: string | null, { enabled }) => (enabled && at !== null ? format.moment(at) : '–'),
    },
    { title: s.last, dataIndex: 'lastAt', className: 'qc-nowrap', render: moment },
    ...(can('operate')
      ? [
          {
            title: s.enabled,
            dataIndex: 'enabled',
            render: (enabled: boolean, { id, name }: Schedule) => (
              <Switch
                size="small"
                checked={enabled}
                aria-label={`${name} ${s.enabled}`}
                onChange={(next) =>
                  change({ path: `/api/reports/schedules/${id}`, method: 'PATCH', body: { enabled: next } })
                }
              />
            ),
          },
          {
            key: 'do',
            render: (_: unknown, schedule: Schedule) => <Tools schedule={schedule} change={change} onRun={onRun} />,
          },
        ]
      : []),
  ];
}

interface ToolsProps {
  readonly schedule: Schedule;
  readonly change: Mutate;
  readonly onRun: (job: number) => void;
}

function Tools({ schedule: { id, name }, change, onRun }: ToolsProps) {
  const s = useText().reports.schedules;
  const path = `/api/reports/schedules/${id}`;
  const run = () => change({ path: `${path}/run`, method: 'POST' }, { onSuccess: (job) => onRun((job as Job).id) }); // as: a run is answered with its job
  return (
    <Space>
      <Button size="small" onClick={run}>
        {s.runNow}
      </Button>
      <Popconfirm title={s.removeSure(name)} onConfirm={() => change({ path, method: 'DELETE' })}>
        <Button size="small" danger>
          {s.remove}
        </Button>
      </Popconfirm>
    </Space>
  );
}
