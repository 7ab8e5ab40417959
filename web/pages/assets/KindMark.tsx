import type { MoveKind } from '../../data/rows.ts';

const marks: Readonly<Record<MoveKind, { readonly shape: string; readonly ink: string }>> = {
  deepened: { shape: '▲', ink: 'var(--qc-gain)' },
  added: { shape: '＋', ink: 'var(--qc-gain)' },
  shallowed: { shape: '▼', ink: 'var(--qc-loss)' },
  lost: { shape: '✕', ink: 'var(--qc-loss)' },
};

/** The shape and colour of a kind of move. */
export function KindMark({ kind }: { readonly kind: MoveKind }) {
  const { shape, ink } = marks[kind];
  return (
    <span aria-hidden="true" style={{ color: ink }}>
      {shape}
    </span>
  );
}
