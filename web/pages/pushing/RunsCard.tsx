import { Button, type TableProps } from 'antd';
import type { Push, PushRun } from '../../../src/api/pushes.ts';
import { usePushRuns } from '../../data/pushes.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { RunMark, skippedOf } from './RunMark.tsx';

/** Every run of a push: whom it reached, whom it held out, what was refused. */
export function RunsCard({ push: { id } }: { readonly push: Push }) {
  const p = useText().pushes;
  return (
    <>
      <h2 className="qc-push-heading">{p.runs.title}</h2>
      <ListCard list={usePushRuns(id)} rowKey="id" columns={useColumns()} none={p.runs.none} />
    </>
  );
}

function useColumns(): NonNullable<TableProps<PushRun>['columns']> {
  const p = useText().pushes;
  const format = useFormat();
  const can = useCan();
  const [, set] = useUrlState({ run: 0 });
  const count = (title: string, of: (run: PushRun) => number | null | undefined) => ({
    title,
    key: title,
    align: 'end' as const,
    render: (_: unknown, run: PushRun) => {
      const value = of(run);
      return value === null || value === undefined ? '–' : format.count(value);
    },
  });
  return [
    { title: p.runs.number, dataIndex: 'id' },
    { title: p.state, key: 'state', render: (_, run) => <RunMark run={run} /> },
    { title: p.runs.at, dataIndex: 'started_at', className: 'qc-nowrap', render: format.moment },
    { title: p.runs.on, dataIndex: 'on', className: 'qc-nowrap', render: (on: string | null) => on ?? '–' },
    count(p.counts.treated, ({ counts }) => counts?.treated),
    count(p.counts.control, ({ counts }) => counts?.control),
    count(p.counts.skipped, skippedOf),
    count(p.counts.add, ({ counts }) => counts?.add),
    count(p.counts.remove, ({ counts }) => counts?.remove),
    count(p.counts.delivered, ({ delivered }) => delivered),
    count(p.counts.refused, ({ refused }) => refused),
    {
      title: p.runs.batches,
      key: 'batches',
      align: 'end',
      render: (_, { batches, batches_done: done }) => `${format.count(done)} / ${format.count(batches)}`,
    },
    ...(can('people')
      ? [
          {
            key: 'do',
            render: (_: unknown, { id }: PushRun) => (
              <Button size="small" onClick={() => set({ run: id }, { replace: true })}>
                {p.runs.log}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
