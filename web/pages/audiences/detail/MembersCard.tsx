import { useQuery } from '@tanstack/react-query';
import { Button, Card, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Audience } from '../../../../src/api/audiences.ts';
import { memberPage } from '../../../data/audiences.ts';
import { useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { Waiting, Working } from '../../../ui/Waiting.tsx';
import { grouped } from '../grouped.ts';
import { useExporting } from '../useExporting.ts';

const PAGE = 100;

/** The members one by one, a page at a time, once they are asked for: looking at them is noted as an export. */
export function MembersCard({ audience }: { readonly audience: Audience }) {
  const t = useText();
  const s = t.audiences.shown;
  const [isOpen, setOpen] = useState(false);
  const exporting = useExporting();
  return (
    <Card
      size="small"
      title={s.peopleTitle}
      extra={
        <Button size="small" loading={exporting.isPending} onClick={() => exporting.mutate(audience)}>
          {t.audiences.exportCsv}
        </Button>
      }
    >
      <p className="qc-muted">
        {s.peopleLead} {t.audiences.exportNote}
      </p>
      {isOpen ? (
        <Members id={audience.id} on={audience.on} />
      ) : (
        <Button onClick={() => setOpen(true)}>{s.peopleSee}</Button>
      )}
    </Card>
  );
}

function Members({ id, on }: { readonly id: number; readonly on: string | null }) {
  const t = useText();
  const [pages, setPages] = useState([0]);
  const after = pages.at(-1) ?? 0;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['audiences', id, 'members', on, after],
    queryFn: () => memberPage(id, { limit: PAGE, after }),
    staleTime: Infinity,
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { next } = data;
  const byConsumer = grouped(data.members, ({ consumer }) => consumer);
  const rows = byConsumer.map(([consumer, identifiers]) => ({
    consumer,
    types: [...new Set(identifiers.map(({ type }) => t.data.identifiers[type] ?? type))].join(t.ui.reading.between),
  }));
  return (
    <>
      <Working going={isFetching} />
      <Table
        size="small"
        rowKey="consumer"
        dataSource={rows}
        pagination={false}
        scroll={{ y: 320 }}
        columns={[
          {
            title: t.ui.drawer.list,
            dataIndex: 'consumer',
            render: (consumer: number) => <Link href={`/consumers/${consumer}`}>#{consumer}</Link>,
          },
          { title: t.audiences.exportColumns.type, dataIndex: 'types' },
        ]}
      />
      <Space style={{ marginBlockStart: 8 }}>
        <Button disabled={pages.length < 2} onClick={() => setPages(pages.slice(0, -1))} aria-label="←">
          ←
        </Button>
        <Button disabled={next === undefined} onClick={() => next !== undefined && setPages([...pages, next])}>
          {t.ui.drawer.nextPage} →
        </Button>
      </Space>
    </>
  );
}
