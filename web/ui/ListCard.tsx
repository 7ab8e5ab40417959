import { Button, Card, Empty, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import type { Listed } from '../data/pages.ts';
import { useNarrow } from '../shell/useNarrow.ts';
import { useText } from '../text/useText.ts';
import { Failed } from './Failed.tsx';
import { StackedRows } from './StackedRows.tsx';
import { Waiting } from './Waiting.tsx';

interface ListCardProps<T> extends Pick<TableProps<T>, 'columns' | 'expandable'> {
  readonly list: Listed<T>;
  /** Those of the list that are shown; all when absent. */
  readonly shown?: readonly T[];
  readonly rowKey: string & keyof T;
  /** What an empty list says, and below it what to do. */
  readonly none: string;
  readonly noneLead?: string;
  /** Stands above the table. */
  readonly children?: ReactNode;
}

/** Rows of a page at which a list that comes whole is cut into pages. */
const MOST_ROWS = 50;

/** A list of the workspace's own things: a fault, the wait, the table, below one another where it is narrow, and a button while there are more. */
export function ListCard<T extends object>({
  list,
  shown,
  rowKey,
  none,
  noneLead,
  children,
  ...table
}: ListCardProps<T>) {
  const { more } = useText().ui;
  const narrow = useNarrow();
  const { items, error, again } = list;
  const rows = shown ?? items ?? [];
  const isLong = list.more === undefined && rows.length > MOST_ROWS;
  return (
    <>
      {error ? <Failed error={error} onRetry={again} /> : null}
      {!items && !error ? <Waiting /> : null}
      {items ? (
        <Card size="small">
          {children}
          {narrow && rows.length > 0 ? (
            <StackedRows rows={rows} rowKey={rowKey} {...table} />
          ) : (
            <Table
              size="small"
              rowKey={rowKey}
              dataSource={rows}
              pagination={isLong ? { pageSize: MOST_ROWS, showSizeChanger: false, size: 'small' } : false}
              scroll={{ x: 'max-content' }}
              locale={{
                emptyText: (
                  <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={none}>
                    {noneLead ? <span className="qc-muted qc-small">{noneLead}</span> : null}
                  </Empty>
                ),
              }}
              {...table}
            />
          )}
          {list.more ? (
            <Button onClick={list.more.load} loading={list.more.isGoing} style={{ marginBlockStart: 8 }}>
              {more}
            </Button>
          ) : null}
        </Card>
      ) : null}
    </>
  );
}
