import { Button, Empty, Space } from 'antd';
import { Link } from 'wouter';
import { useDataState } from '../data/answers.ts';
import { useCan } from '../data/session.ts';
import { useText } from '../text/useText.ts';

/** In place of an answer without rows: nothing fits, or the home holds no data at all. */
export function NothingHere() {
  const t = useText().ui;
  const can = useCan();
  const { lastDay } = useDataState();
  const bare = lastDay === null;
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{bare ? t.noData : t.noRows}</div>
          <div className="qc-muted qc-small">{bare ? t.noDataLead : t.noRowsLead}</div>
        </>
      }
    >
      {bare && can('operate') ? (
        <Space wrap style={{ justifyContent: 'center' }}>
          <Link href="/data/import">
            <Button type="primary">{t.toImport}</Button>
          </Link>
          <Link href="/?demo=1">
            <Button>{t.toDemo}</Button>
          </Link>
        </Space>
      ) : null}
    </Empty>
  );
}
