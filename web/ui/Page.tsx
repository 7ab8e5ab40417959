import { type ReactNode, useEffect } from 'react';
import { useText } from '../text/useText.ts';

interface PageProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  /** Period, filters and buttons at the right of the title. */
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}

/** A page: its one heading, its tools, and the title of the window. */
export function Page({ title, lead, tools, children }: PageProps) {
  const { product } = useText().shell;
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <>
      <div className="qc-page-head">
        <div className="qc-page-head-titles">
          <h1>{title}</h1>
          {lead ? <div className="qc-muted">{lead}</div> : null}
        </div>
        {tools ? <div className="qc-page-tools qc-no-print">{tools}</div> : null}
      </div>
      {children}
    </>
  );
}
