import { Table, type TableProps } from 'antd';
import type { Row } from '../../data/answers.ts';
import { NothingHere } from '../Empty.tsx';
import { NumberCell } from '../NumberCell.tsx';
import { type Column, kindIn, useCells } from './useCells.tsx';

export interface AnswerTableProps {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Opens a row; numbers then are buttons. */
  readonly onOpen?: ((row: Row, label: string) => void) | undefined;
  /** Rows of a page; 50 when absent. */
  readonly pageSize?: number;
  /** Most height of the body in pixels, its head staying in sight. */
  readonly height?: number;
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (left === null || left === undefined) return right === null || right === undefined ? 0 : -1;
  if (right === null || right === undefined) return 1;
  return String(left) < String(right) ? -1 : 1;
}

/** The rows of an answer in full: titles and words in the language, numbers that open, columns that sort. */
export function AnswerTable({ columns, rows, onOpen, pageSize = 50, height }: AnswerTableProps) {
  const cells = useCells();
  const labelOf = (row: Row) =>
    columns
      .filter((column) => column.kind === 'text' || column.kind === 'day')
      .map((column) => cells.text(column, row[column.id]))
      .join(' · ');
  const shown: TableProps<{ row: Row; key: number }>['columns'] = columns.map((column) => {
    const numeric = column.kind !== 'text' && column.kind !== 'day';
    return {
      key: column.id,
      title: cells.title(column),
      align: numeric ? 'end' : 'start',
      className: 'qc-nowrap',
      sorter: (a, b) => compare(a.row[column.id], b.row[column.id]),
      render: (_, { row }) => {
        const value = row[column.id];
        if (!numeric) return cells.node(column, value);
        const label = `${labelOf(row)} ${cells.title(column)}`.trim();
        return (
          <NumberCell
            value={value}
            kind={kindIn(column, row)}
            label={label}
            onOpen={onOpen && (() => onOpen(row, label))}
          />
        );
      },
    };
  });
  return (
    <Table
      size="small"
      columns={shown}
      dataSource={rows.map((row, key) => ({ row, key }))}
      pagination={rows.length > pageSize ? { pageSize, showSizeChanger: false, size: 'small' } : false}
      scroll={{ x: 'max-content', ...(height ? { y: height } : {}) }}
      locale={{ emptyText: <NothingHere /> }}
    />
  );
}
