import { Button, type TableProps } from 'antd';
import type { RejectEntry } from '../../../src/api/data.ts';
import { useCan } from '../../data/session.ts';
import { useNarrow } from '../../shell/useNarrow.ts';
import { useText } from '../../text/useText.ts';
import { RawCell } from './RawCell.tsx';
import { useDataWords } from './useDataWords.ts';

/** Texts of rows that were changed, by the row's key. */
export type Mended = Readonly<Record<string, string>>;

/** What a reject is told by among others. */
export function keyOf({ file_id, line }: RejectEntry): string {
  return `${file_id}:${line}`;
}

interface Editing {
  readonly texts: Mended;
  readonly setTexts: (texts: Mended) => void;
  readonly onTry: (row: RejectEntry) => void;
  readonly isBusy: boolean;
}

/** Where a row came from, why it was left out, and itself; stacked in one column on a narrow screen. */
export function useRejectColumns({
  texts,
  setTexts,
  onTry,
  isBusy,
}: Editing): NonNullable<TableProps<RejectEntry>['columns']> {
  const t = useText().data.rejects;
  const can = useCan();
  const words = useDataWords();
  const narrow = useNarrow();
  const edit = (row: RejectEntry, raw: string) => {
    const { [keyOf(row)]: _, ...others } = texts;
    setTexts(raw === row.raw ? others : { ...others, [keyOf(row)]: raw });
  };
  const raw = (row: RejectEntry) =>
    row.raw === '' ? (
      <span className="qc-muted">{t.gone}</span>
    ) : (
      <RawCell row={row} text={texts[keyOf(row)]} canEdit={can('operate')} onEdit={(changed) => edit(row, changed)} />
    );
  const where: NonNullable<TableProps<RejectEntry>['columns']> = [
    {
      title: t.file,
      dataIndex: 'file',
      width: 160,
      render: (file: string) => <div style={{ overflowWrap: 'anywhere' }}>{words.file(file)}</div>,
    },
    { title: t.line, dataIndex: 'line', align: 'end', width: 84 },
    {
      title: t.reason,
      key: 'reason',
      width: 200,
      render: (_, row) => <span className="qc-rejected">{words.reject(row)}</span>,
    },
    { title: can('operate') ? t.raw : t.rawOnly, key: 'raw', render: (_, row) => raw(row) },
  ];
  const stacked: NonNullable<TableProps<RejectEntry>['columns']> = [
    {
      title: can('operate') ? t.raw : t.rawOnly,
      key: 'raw',
      render: (_, row) => (
        <>
          <div className="qc-small qc-muted" style={{ overflowWrap: 'anywhere' }}>
            {words.file(row.file)} · {t.line} {row.line}
          </div>
          <div className="qc-rejected">{words.reject(row)}</div>
          {raw(row)}
        </>
      ),
    },
  ];
  return [
    ...(narrow ? stacked : where),
    ...(can('operate')
      ? [
          {
            key: 'do',
            width: 90,
            render: (_: unknown, row: RejectEntry) => (
              <Button size="small" disabled={row.raw === '' || isBusy} onClick={() => onTry(row)}>
                {t.replayOne}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
