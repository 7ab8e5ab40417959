import { useFormat } from '../../format/useFormat.ts';
import { NumberCell } from '../../ui/NumberCell.tsx';

interface SignedProps {
  readonly value: number | undefined;
  readonly label: string;
  readonly onOpen: (() => void) | undefined;
}

/** An amount that was gained or lost, told by shape and colour. */
export function Signed({ value, label, onOpen }: SignedProps) {
  const format = useFormat();
  if (value === undefined || value === 0) return <span className="qc-muted">{format.exact(null, 'money')}</span>;
  return (
    <span style={{ color: value > 0 ? 'var(--qc-gain)' : 'var(--qc-loss)' }}>
      <span>{value > 0 ? '▲ ' : '▼ '}</span>
      <NumberCell value={Math.abs(value)} kind="money" label={label} onOpen={onOpen} />
    </span>
  );
}
