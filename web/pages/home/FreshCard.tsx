import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
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
      <div className="qc-scroll-x">
        <table className="qc-plain-table">
          <thead>
            <tr>
              <th scope="col">{t.entity}</th>
              <th scope="col" className="qc-end">
                {t.rows}
              </th>
              <th scope="col">{t.lastDay}</th>
            </tr>
          </thead>
          <tbody>
            {held.map(({ entity, rows, lastDay }) => (
              <tr key={entity}>
                <td>{nameOf(entity)}</td>
                <td className="qc-end">{format.count(rows)}</td>
                <td className="qc-nowrap">
                  <LastDay day={lastDay} last={last} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
