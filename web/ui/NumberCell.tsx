import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';

interface NumberCellProps {
  readonly value: unknown;
  readonly kind: ValueKind;
  /** What the number is, for those who hear it. */
  readonly label?: string;
  /** Short with its unit, and in full as its tip; in full when absent. */
  readonly brief?: boolean;
  /** Opens the number; without it, it stands as text. */
  readonly onOpen?: (() => void) | undefined;
}

/** A number as the language tells it, which opens into what stands behind it. */
export function NumberCell({ value, kind, label, brief, onOpen }: NumberCellProps) {
  const t = useText().ui;
  const format = useFormat();
  const full = format.exact(value, kind);
  const shown = brief ? format.brief(value, kind) : full;
  if (!onOpen || value === null || value === undefined) return <span title={brief ? full : undefined}>{shown}</span>;
  return (
    <button
      type="button"
      className="qc-number"
      title={brief ? full : undefined}
      aria-label={t.openNumber(label ? `${label} ${full}` : full)}
      onClick={onOpen}
    >
      {shown}
    </button>
  );
}
