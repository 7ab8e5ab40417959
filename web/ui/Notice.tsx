import type { ReactNode } from 'react';

interface NoticeProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** What can be done about it. */
  readonly action?: ReactNode;
  /** The title is the heading of the page. */
  readonly heading?: boolean;
  readonly children?: ReactNode;
}

/** In place of a page or an answer: what is the matter, and what can be done. */
export function Notice({ title, lead, action, heading, children }: NoticeProps) {
  return (
    <div className="qc-notice">
      {heading ? <h1>{title}</h1> : <strong>{title}</strong>}
      {lead ? <div className="qc-muted">{lead}</div> : null}
      {action ? <div style={{ marginBlockStart: 12 }}>{action}</div> : null}
      {children}
    </div>
  );
}
