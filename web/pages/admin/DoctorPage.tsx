import { CheckCircleOutlined, CloseCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableProps } from 'antd';
import type { Check, Examination } from '../../../src/api/doctor.ts';
import { call } from '../../data/client.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Working } from '../../ui/Waiting.tsx';
import { type CheckState, stateOf } from './findings.ts';

/** Pixels of a sentence in a cell; a longer one is broken. */
const MOST_TEXT = 420;

/** Whether the installation is well: every check with what it found and what to do about it. */
export function DoctorPage() {
  const t = useText();
  const d = t.doctor;
  const { data, error, refetch, isFetching, dataUpdatedAt } = useQuery({
    queryKey: ['doctor'],
    queryFn: async ({ signal }) => (await call<Examination>('/api/doctor', { signal })).checks,
    staleTime: 0,
    gcTime: 0,
  });
  const again = () => void refetch();
  return (
    <Page
      title={t.shell.pages.doctor}
      lead={d.lead}
      tools={
        <Button type="primary" loading={isFetching} onClick={again}>
          {isFetching ? d.looking : d.again}
        </Button>
      }
    >
      <Working going={isFetching && data !== undefined} />
      <ListCard list={{ items: data, error, again }} rowKey="name" columns={useColumns()} none={d.none}>
        {data ? <Sum checks={data} at={dataUpdatedAt} /> : null}
      </ListCard>
    </Page>
  );
}

/** All checks in a sentence; `at` is when they were made, in milliseconds. */
function Sum({ checks, at }: { readonly checks: readonly Check[]; readonly at: number }) {
  const t = useText().doctor;
  const format = useFormat();
  const count = format.count(checks.length);
  const bad = checks.filter(({ ok }) => !ok).length;
  const moment = format.moment(new Date(at).toISOString());
  return (
    <p className="qc-sentence" role="status">
      {bad === 0 ? t.good(count, moment) : t.bad(format.count(bad), count, moment)}
    </p>
  );
}

function useColumns(): NonNullable<TableProps<Check>['columns']> {
  const t = useText().doctor;
  return [
    {
      title: t.state,
      key: 'state',
      className: 'qc-nowrap',
      render: (_, check) => <CheckMark state={stateOf(check)} />,
    },
    {
      title: t.check,
      dataIndex: 'name',
      render: (name: string) => (
        <>
          {t.checks[name]?.title ?? name}
          <div className="qc-muted qc-small">{t.checks[name]?.lead}</div>
        </>
      ),
    },
    { title: t.found, key: 'found', render: (_, check) => <Found check={check} /> },
    {
      title: t.todo,
      key: 'todo',
      render: (_, { name, ok }) => (
        <div style={{ maxWidth: MOST_TEXT }} className={ok ? 'qc-muted' : undefined}>
          {ok ? t.nothing : (t.checks[name]?.todo ?? t.unknownTodo)}
        </div>
      ),
    },
  ];
}

const marks = {
  ok: { icon: <CheckCircleOutlined />, tone: 'good' },
  warning: { icon: <WarningOutlined />, tone: 'bad' },
  fault: { icon: <CloseCircleOutlined />, tone: 'fault' },
} as const;

/** The state of a check by word, shape and colour. */
function CheckMark({ state }: { readonly state: CheckState }) {
  const t = useText().doctor;
  const { icon, tone } = marks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {t.states[state]}
    </StateMark>
  );
}

/** What was found, in the language in use. */
function Found({ check: { text } }: { readonly check: Check }) {
  const { lang } = useText().ui;
  return <div style={{ maxWidth: MOST_TEXT, overflowWrap: 'anywhere' }}>{text[lang]}</div>;
}
