import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Space, Table } from 'antd';
import { Link } from 'wouter';
import type { ReportRun } from '../../../src/api/reports.ts';
import type { Text } from '../../../src/base/text.ts';
import { call } from '../../data/client.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useRunFile } from './useRunFile.ts';

/** All that was made of a schedule, newest first: as a page, as a workbook, and how sending it went. */
export function Runs({ schedule }: { readonly schedule: number }) {
  const s = useText().reports.schedules;
  const format = useFormat();
  const say = useSay();
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'runs', schedule],
    queryFn: async ({ signal }) =>
      (await call<{ items: ReportRun[] }>(`/api/reports/schedules/${schedule}/runs?limit=50`, { signal })).items,
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={data}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={s.noRuns} /> }}
      columns={[
        { title: s.at, dataIndex: 'at', render: format.moment },
        { title: s.of, key: 'of', render: (_, { from, to }) => `${from} – ${to}` },
        { title: s.status, dataIndex: 'status', render: (status: string) => s.statuses[status] ?? status },
        {
          title: s.delivery,
          dataIndex: 'delivery',
          render: (delivery: string | null, run) => (delivery === null ? '–' : say(run.deliveryText ?? same(delivery))),
        },
        { key: 'do', render: (_, run) => (run.status === 'done' ? <Files run={run} /> : null) },
      ]}
    />
  );
}

const same = (told: string): Text => ({ zh: told, en: told });

function Files({ run: { id } }: { readonly run: ReportRun }) {
  const t = useText().reports;
  const keep = useRunFile(id);
  return (
    <Space>
      <Link href={`/reports?run=${id}`}>
        <Button size="small">{t.schedules.open}</Button>
      </Link>
      <Button size="small" onClick={keep}>
        {t.xlsx}
      </Button>
    </Space>
  );
}
