import { App, Button, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Behind, usePeople } from '../../data/answers.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { Failed, sayError } from '../Failed.tsx';
import { exportPeople } from '../files.ts';
import { Waiting, Working } from '../Waiting.tsx';
import { SavePeople } from './SavePeople.tsx';

const PAGE = 100;

interface PeopleTabProps {
  readonly behind: Behind;
}

/** How many consumers a number counts; who, a page at a time, for those who may see them. */
export function PeopleTab({ behind }: PeopleTabProps) {
  const t = useText().ui;
  const format = useFormat();
  const can = useCan();
  const [pages, setPages] = useState([0]);
  const { data, error, isFetching, refetch } = usePeople(behind, { after: pages.at(-1) ?? 0, limit: PAGE });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { next } = data;
  return (
    <>
      <Working going={isFetching} />
      <div className="qc-figure">
        {format.count(data.count)} <span className="qc-small qc-muted">{t.drawer.countUnit}</span>
      </div>
      {can('people') && data.count > 0 ? (
        <>
          <Tools behind={behind} consumers={data.consumers} />
          <ConsumerTable consumers={data.consumers} />
          <Space style={{ marginBlockStart: 8 }}>
            <Button disabled={pages.length < 2} onClick={() => setPages(pages.slice(0, -1))} aria-label="←">
              ←
            </Button>
            <Button disabled={next === undefined} onClick={() => next !== undefined && setPages([...pages, next])}>
              {t.drawer.nextPage} →
            </Button>
          </Space>
        </>
      ) : (
        <Typography.Paragraph type="secondary">
          {data.count === 0 ? t.drawer.nobody : t.drawer.noPermission}
        </Typography.Paragraph>
      )}
    </>
  );
}

interface ToolsProps extends PeopleTabProps {
  readonly consumers: readonly number[];
}

function Tools({ behind, consumers }: ToolsProps) {
  const t = useText().ui;
  const locale = useLocale();
  const { message } = App.useApp();
  const tell = (error: unknown) => message.error(sayError(error, t));
  const copy = () => navigator.clipboard.writeText(consumers.join('\n')).then(() => message.success(t.copied), tell);
  const save = () => exportPeople(behind, locale).then((file) => message.success(t.exported(file)), tell);
  return (
    <Space wrap style={{ marginBlock: 12 }}>
      <SavePeople behind={behind} />
      <Button onClick={() => void copy()}>{t.drawer.copyPage}</Button>
      <Button onClick={() => void save()}>{t.drawer.exportAll}</Button>
    </Space>
  );
}

function ConsumerTable({ consumers }: { readonly consumers: readonly number[] }) {
  const t = useText().ui;
  return (
    <Table
      size="small"
      pagination={false}
      scroll={{ y: 420 }}
      rowKey="consumer"
      dataSource={consumers.map((consumer) => ({ consumer }))}
      columns={[
        {
          title: t.drawer.list,
          dataIndex: 'consumer',
          render: (consumer: number) => <Link href={`/consumers/${consumer}`}>#{consumer}</Link>,
        },
      ]}
    />
  );
}
