import { Button, Card, Input, type TableProps } from 'antd';
import { Link, useLocation } from 'wouter';
import type { Audience } from '../../../src/api/audiences.ts';
import { useAudiences } from '../../data/audiences.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { AudienceActions } from './AudienceActions.tsx';
import './audiences.css';
import { builderWith } from './builder/link.ts';
import { Templates } from './builder/Templates.tsx';
import { KindMark } from './KindMark.tsx';

/** Fewer audiences than this are seen at once. */
const FEW = 8;

/** Every saved audience: its size, its day, its rule in words, and what can be done with it. */
export function AudiencesPage() {
  const t = useText();
  const a = t.audiences;
  const say = useSay();
  const [, go] = useLocation();
  const [state, set] = useUrlState({ find: '' });
  const { data, error, refetch } = useAudiences();
  const columns = useColumns();
  const shown = (data ?? []).filter(({ name, sentence }) =>
    `${name} ${say(sentence)}`.toLowerCase().includes(state.find.trim().toLowerCase()),
  );
  return (
    <Page
      title={t.shell.pages.audiences}
      lead={a.lead}
      tools={
        <Link href="/audiences/new">
          <Button type="primary">{a.fresh}</Button>
        </Link>
      }
    >
      <ListCard
        list={{ items: data, error, again: () => void refetch() }}
        shown={shown}
        rowKey="id"
        columns={columns}
        none={a.none}
        noneLead={a.noneLead}
      >
        {data && (data.length > FEW || state.find !== '') ? (
          <Input.Search
            allowClear
            aria-label={a.search}
            placeholder={a.search}
            defaultValue={state.find}
            onChange={({ target }) => set({ find: target.value }, { replace: true })}
            style={{ maxWidth: 320, marginBlockEnd: 8 }}
            data-search
          />
        ) : null}
      </ListCard>
      {data?.length === 0 ? (
        <Card size="small" title={a.templates.title} style={{ marginBlockStart: 12 }}>
          <Templates onPick={({ rule }) => go(builderWith(rule))} />
        </Card>
      ) : null}
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<Audience>['columns']> {
  const a = useText().audiences;
  const say = useSay();
  const format = useFormat();
  return [
    {
      title: a.name,
      dataIndex: 'name',
      render: (name: string, { id }) => <Link href={`/audiences/${id}`}>{name}</Link>,
    },
    { title: a.kind, dataIndex: 'kind', render: (kind: string) => <KindMark kind={kind} /> },
    {
      title: a.size,
      dataIndex: 'consumers',
      align: 'end',
      render: (count: number | null) => (count === null ? '–' : format.count(count)),
    },
    { title: a.on, dataIndex: 'on', className: 'qc-nowrap', render: (on: string | null) => on ?? '–' },
    {
      title: a.sentence,
      dataIndex: 'sentence',
      render: (sentence: Audience['sentence']) => (
        <div className="qc-audience-sentence" title={say(sentence)}>
          {say(sentence)}
        </div>
      ),
    },
    { title: a.by, dataIndex: 'created_by' },
    { key: 'do', render: (_, audience) => <AudienceActions listed audience={audience} /> },
  ];
}
