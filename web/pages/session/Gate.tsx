import { Card } from 'antd';
import type { ReactNode } from 'react';

interface GateProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** The frame of the pages before the console: one card in the middle. */
export function Gate({ title, lead, children }: GateProps) {
  return (
    <main className="qc-gate">
      <Card className="qc-gate-card">
        <div className="qc-gate-head">
          <img src="/mark.svg" alt="" width={40} height={40} />
          <h1>{title}</h1>
          <p className="qc-muted">{lead}</p>
        </div>
        {children}
      </Card>
    </main>
  );
}
