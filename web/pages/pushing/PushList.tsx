import type { TableProps } from 'antd';
import { Link } from 'wouter';
import type { Push } from '../../../src/api/pushes.ts';
import { usePushes } from '../../data/pushes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { ListCard } from '../../ui/ListCard.tsx';
import { RunMark, skippedOf } from './RunMark.tsx';
import { usePushWords } from './usePushWords.ts';

/** Every push: where it goes, and what came of its last run. */
export function PushList() {
  const p = useText().pushes;
  const { data, error, refetch } = usePushes();
  return (
    <ListCard
      list={{ items: data, error, again: () => void refetch() }}
      rowKey="id"
      columns={useColumns()}
      none={p.none}
      noneLead={p.noneLead}
    />
  );
}

function useColumns(): NonNullable<TableProps<Push>['columns']> {
  const p = useText().pushes;
  const format = useFormat();
  const words = usePushWords();
  const count = (title: string, of: (push: Push) => number | null | undefined) => ({
    title,
    key: title,
    align: 'end' as const,
    render: (_: unknown, push: Push) => {
      const value = of(push);
      return value === null || value === undefined ? '–' : format.count(value);
    },
  });
  return [
    {
      title: p.name,
      dataIndex: 'name',
      render: (name: string, { id }) => (
        <Link href={`/pushes?push=${id}`} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Link>
      ),
    },
    { title: p.audience, dataIndex: 'audience' },
    {
      title: p.destination,
      dataIndex: 'destination',
      render: (place: string, { kind }) => (
        <>
          {place} <span className="qc-small qc-muted">{words.kind(kind)}</span>
        </>
      ),
    },
    { title: p.trigger, key: 'trigger', render: (_, push) => words.trigger(push) },
    {
      title: p.last,
      key: 'last',
      render: (_, { last }) =>
        last ? (
          <>
            <RunMark run={last} /> <span className="qc-nowrap">{format.moment(last.started_at)}</span>
          </>
        ) : (
          <span className="qc-muted">{p.never}</span>
        ),
    },
    count(p.counts.delivered, ({ last }) => last?.delivered),
    count(p.counts.remove, ({ last }) => last?.counts?.remove),
    count(p.counts.control, ({ last }) => last?.counts?.control),
    count(p.counts.skipped, ({ last }) => last && skippedOf(last)),
  ];
}
