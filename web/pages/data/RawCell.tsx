import { Button, Input } from 'antd';
import type { RejectEntry } from '../../../src/api/data.ts';
import { useText } from '../../text/useText.ts';

interface RawCellProps {
  readonly row: RejectEntry;
  /** What it was changed to; undefined as it came. */
  readonly text: string | undefined;
  readonly canEdit: boolean;
  readonly onEdit: (raw: string) => void;
}

/** A row as it came, to be mended in place. */
export function RawCell({ row, text, canEdit, onEdit }: RawCellProps) {
  const t = useText().data.rejects;
  if (!canEdit) return <code style={{ overflowWrap: 'anywhere' }}>{row.raw}</code>;
  return (
    <>
      <Input.TextArea
        className="qc-raw"
        aria-label={t.rawOf(row.line)}
        spellCheck={false}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={text ?? row.raw}
        onChange={({ target }) => onEdit(target.value)}
      />
      {text === undefined ? null : (
        <span className="qc-small">
          {t.edited}{' '}
          <Button type="link" size="small" onClick={() => onEdit(row.raw)}>
            {t.restore}
          </Button>
        </span>
      )}
    </>
  );
}
