import { Button, type TableProps } from 'antd';
import { Link } from 'wouter';
import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { useLookalikes } from '../../data/lookalikes.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { useUrlState } from '../../url/urlState.ts';
import './lookalikes.css';
import { Model } from './Model.tsx';
import { Train } from './Train.tsx';
import { Trainings } from './Trainings.tsx';
import { useScoreWords } from './useScoreWords.ts';

/** Lookalike models: training one, what each is worth, and an audience of a size that is picked. */
export function LookalikesPage() {
  const t = useText();
  const l = t.lookalikes;
  const can = useCan();
  const [state, set] = useUrlState({ model: 0, train: false, seed: '', job: 0 });
  const { data, error, refetch } = useLookalikes();
  const columns = useColumns();
  const shown = data?.find(({ id }) => id === state.model);
  if (shown) return <Model key={shown.id} model={shown} />;
  return (
    <Page
      title={t.shell.pages.lookalikes}
      lead={l.lead}
      tools={
        can('people') ? (
          <Button type="primary" onClick={() => set({ train: true })}>
            {l.fresh}
          </Button>
        ) : null
      }
    >
      <Trainings
        awaited={state.job}
        onAwait={(job) => set({ job }, { replace: true })}
        onTrained={(model) => set({ model, job: 0 }, { replace: true })}
      />
      <ListCard
        list={{ items: data, error, again: () => void refetch() }}
        rowKey="id"
        columns={columns}
        none={l.none}
        noneLead={l.noneLead}
      />
      {state.train && can('people') ? (
        <Train
          seed={state.seed}
          onAsked={(job) => set({ job, train: false, seed: '' })}
          onClose={() => set({ train: false, seed: '' })}
        />
      ) : null}
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<Lookalike>['columns']> {
  const l = useText().lookalikes;
  const format = useFormat();
  const words = useScoreWords();
  return [
    {
      title: l.seed,
      dataIndex: 'seed',
      render: (seed: string, { id }) => <Link href={`/lookalikes?model=${id}`}>{l.of(seed)}</Link>,
    },
    { title: l.on, dataIndex: 'on', className: 'qc-nowrap' },
    {
      title: l.seeds,
      key: 'seeds',
      render: (_, { seeds, cold }) => l.seedsOf(format.count(seeds), format.count(cold)),
    },
    { title: l.auc, key: 'auc', render: (_, { report }) => words.auc(report) },
    { title: l.by, key: 'by', render: (_, { created_by: by, created_at: at }) => `${by} · ${format.moment(at)}` },
  ];
}
