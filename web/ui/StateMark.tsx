import type { ReactNode } from 'react';

const inks = {
  good: 'var(--qc-gain)',
  bad: 'var(--qc-loss)',
  fault: 'var(--ant-color-error)',
  going: 'var(--qc-accent)',
  quiet: 'var(--qc-muted)',
} as const;

interface StateMarkProps {
  readonly tone: keyof typeof inks;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** The state of a thing as a word in a frame; the ink only adds to the word. */
export function StateMark({ tone, icon, children }: StateMarkProps) {
  return (
    <span className="qc-origin" style={{ color: inks[tone], borderColor: 'currentColor' }}>
      {icon} {children}
    </span>
  );
}
