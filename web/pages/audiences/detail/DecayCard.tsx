import { Card, Table } from 'antd';
import type { AudienceAge, AudienceShown } from '../../../../src/api/audiences.ts';
import { useAudienceDecay } from '../../../data/audiences.ts';
import { addDays } from '../../../format/day.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useLastDay } from '../../../url/usePeriod.ts';
import { firstTold } from './firstDay.ts';

/** Days before that are looked at. */
const AGES = [7, 14, 30, 60, 90];

/** How long an audience stays what it was: a row an age, of the members of that many days before. */
export function DecayCard({ audience }: { readonly audience: AudienceShown }) {
  const s = useText().audiences.shown;
  const last = useLastDay();
  const on = audience.fixed_on ?? audience.on ?? last;
  const first = firstTold(audience);
  const ages = AGES.filter((age) => first === '' || addDays(on, 1 - age) >= first);
  const { data, error, refetch } = useAudienceDecay(audience.id, on, ages);
  const isAsked = ages.length > 0;
  return (
    <Card size="small" title={s.decay}>
      <p className="qc-muted qc-small">{!isAsked ? s.decayNone : s.decayLead(on)}</p>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error && isAsked ? <Waiting /> : null}
      {isAsked && data ? <Ages ages={data.ages} /> : null}
    </Card>
  );
}

function Ages({ ages }: { readonly ages: readonly AudienceAge[] }) {
  const s = useText().audiences.shown;
  const format = useFormat();
  const rate = (value: number) => format.exact(value, 'rate');
  const share = ({ rate: of, low, high }: AudienceAge) =>
    of === null || low === null || high === null ? '–' : `${rate(of)} (${rate(low)}–${rate(high)})`;
  return (
    <Table
      size="small"
      rowKey="age"
      dataSource={ages}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: s.age, dataIndex: 'age', align: 'end', render: format.count },
        { title: s.day, dataIndex: 'on' },
        { title: s.membersThen, dataIndex: 'members', align: 'end', render: format.count },
        { title: s.stayed, dataIndex: 'stayed', align: 'end', render: format.count },
        { title: s.stayedRate, key: 'rate', align: 'end', render: (_, row) => share(row) },
        { title: s.boughtSince, dataIndex: 'bought', align: 'end', render: format.count },
      ]}
    />
  );
}
