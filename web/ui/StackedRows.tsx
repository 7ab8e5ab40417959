import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, type TableProps } from 'antd';
import type { ColumnType } from 'antd/es/table';
import type { ReactNode } from 'react';
import { useText } from '../text/useText.ts';

interface StackedRowsProps<T> extends Pick<TableProps<T>, 'columns' | 'expandable'> {
  readonly rows: readonly T[];
  readonly rowKey: string & keyof T;
}

/** A table for a narrow screen: each row a block, its cells below one another beside their titles. */
export function StackedRows<T extends object>({ rows, rowKey, columns = [], expandable }: StackedRowsProps<T>) {
  const flat = columns as readonly ColumnType<T>[]; // as: no list of the console groups its columns
  return (
    <ul className="qc-stacked">
      {rows.map((row, index) => (
        <li key={String(row[rowKey])}>
          <dl>
            {flat
              .filter(({ title }) => title !== undefined)
              .map((column) => (
                <div key={String(column.key ?? column.dataIndex)}>
                  <dt className="qc-muted">{column.title as ReactNode}</dt>
                  <dd>{cellOf(column, row, index)}</dd>
                </div>
              ))}
          </dl>
          {flat
            .filter(({ title }) => title === undefined)
            .map((column) => (
              <div key={String(column.key)} className="qc-stacked-tools">
                {cellOf(column, row, index)}
              </div>
            ))}
          {expandable ? <Inside row={row} id={row[rowKey]} index={index} expandable={expandable} /> : null}
        </li>
      ))}
    </ul>
  );
}

function cellOf<T extends object>({ dataIndex, render }: ColumnType<T>, row: T, index: number): ReactNode {
  const value: unknown = dataIndex === undefined ? undefined : Reflect.get(row, String(dataIndex));
  return (render ? render(value, row, index) : value) as ReactNode; // as: what the table itself would show
}

interface InsideProps<T> {
  readonly row: T;
  readonly id: unknown;
  readonly index: number;
  readonly expandable: NonNullable<TableProps<T>['expandable']>;
}

function Inside<T extends object>({ row, id, index, expandable }: InsideProps<T>) {
  const t = useText().ui;
  const { expandedRowKeys = [], onExpand, expandedRowRender } = expandable;
  const isOpen = expandedRowKeys.some((key) => key === id);
  return (
    <>
      <Button
        type="link"
        size="small"
        aria-expanded={isOpen}
        icon={isOpen ? <UpOutlined /> : <DownOutlined />}
        onClick={() => onExpand?.(!isOpen, row)}
      >
        {isOpen ? t.lessOfRow : t.moreOfRow}
      </Button>
      {isOpen ? expandedRowRender?.(row, index, 0, true) : null}
    </>
  );
}
