import { Card, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { ValueKind } from '../format/number.ts';
import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import { NumberCell } from './NumberCell.tsx';
import { Working } from './Waiting.tsx';

interface MetricProps {
  readonly title: ReactNode;
  /** The same as words, for those who hear it. */
  readonly label: string;
  readonly value: number | null | undefined;
  readonly kind: ValueKind;
  /** The value of the period before; the difference stands below. */
  readonly before?: number | null | undefined;
  /** More of it is worse: a rise is told in the ink of losses. */
  readonly worse?: boolean;
  readonly onOpen?: () => void;
  /** The value is still being worked out. */
  readonly waiting?: boolean;
  /** A small trend, a note. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** One great number with what it was before. */
export function Metric({
  title,
  label,
  value,
  kind,
  before,
  onOpen,
  waiting = false,
  worse = false,
  children,
  className,
}: MetricProps) {
  return (
    <Card size="small" className={className ?? ''} aria-busy={waiting}>
      <Working going={waiting} />
      <div className="qc-muted">{title}</div>
      <div className="qc-figure">
        {waiting ? (
          <Skeleton.Button size="small" active={false} />
        ) : (
          <NumberCell value={value} kind={kind} label={label} brief onOpen={onOpen} />
        )}
      </div>
      {before !== undefined ? <Change now={value ?? null} before={before} kind={kind} worse={worse} /> : null}
      {children}
    </Card>
  );
}

interface ChangeProps {
  readonly now: number | null;
  readonly before: number | null;
  readonly kind: ValueKind;
  /** More of it is worse. */
  readonly worse?: boolean;
}

/** A difference by sign, shape and colour, with what it is against. */
export function Change({ now, before, kind, worse = false }: ChangeProps) {
  const t = useText().ui;
  const format = useFormat();
  if (now === null || before === null) return <div className="qc-small qc-muted">{t.versus} –</div>;
  const by = now - before;
  const good = worse ? -by : by;
  const color = good > 0 ? 'var(--qc-gain)' : good < 0 ? 'var(--qc-loss)' : 'var(--qc-muted)';
  return (
    <div className="qc-small" title={format.exact(before, kind)}>
      <span className="qc-muted">{t.versus}</span> <span style={{ color }}>{format.difference(by, kind)}</span>
    </div>
  );
}
