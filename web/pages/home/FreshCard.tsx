import { useQuery } from '@tanstack/react-query';
import { Card, Table } from 'antd';
import type { ContractEntity } from '../../../src/api/data.ts';
import { useDataState } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { type Day, lengthOf } from '../../format/day.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { useLastDay } from '../../url/usePeriod.ts';

/** How many rows of each kind of data there are, and up to which day. */
export function FreshCard({ className = '' }: { readonly className?: string }) {
  const t = useText().home;
  const format = useFormat();
  const nameOf = useEntityName();
  const last = useLastDay();
  const { as_of, entities } = useDataState();
  const held = entities.filter(({ rows }) => rows > 0);
  const oldest = held
    .filter(({ lastDay }) => lastDay !== null)
    .toSorted((a, b) => (String(a.lastDay) < String(b.lastDay) ? -1 : 1))[0];
  return (
    <Card size="small" title={t.fresh} className={className}>
      {oldest ? (
        <p className="qc-sentence">
          {t.freshSentence(format.moment(as_of), nameOf(oldest.entity), String(oldest.lastDay))}
        </p>
      ) : null}
      <Table
        size="small"
        pagination={false}
        rowKey="entity"
        dataSource={held}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t.entity, render: (_, { entity }) => nameOf(entity) },
          { title: t.rows, align: 'end', render: (_, { rows }) => format.count(rows) },
          {
            title: t.lastDay,
            className: 'qc-nowrap',
            render: (_, { lastDay }) => <LastDay day={lastDay} last={last} />,
          },
        ]}
      />
    </Card>
  );
}

function LastDay({ day, last }: { readonly day: Day | null; readonly last: Day }) {
  const t = useText().home;
  const format = useFormat();
  if (day === null) return <span className="qc-muted">{t.undated}</span>;
  const behind = day < last ? lengthOf({ from: day, to: last }) - 1 : 0;
  return (
    <>
      {day} <span className="qc-muted qc-small">{behind > 0 ? t.days(format.count(behind)) : ''}</span>
    </>
  );
}

/** What an entity of the contract is called. */
function useEntityName(): (entity: string) => string {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['entities'],
    queryFn: ({ signal }) => call<ContractEntity[]>('/api/entities', { signal }),
    staleTime: Infinity,
  });
  return (entity) => {
    const known = data?.find(({ name }) => name === entity);
    return known ? say(known.title) : entity;
  };
}
