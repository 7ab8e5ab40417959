import { Button } from 'antd';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useText } from '../text/useText.ts';
import { Notice } from '../ui/Notice.tsx';

interface Held {
  readonly error: Error | undefined;
}

/** Shows a fault of the page in its place, so that the rest of the console goes on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, Held> {
  override state: Held = { error: undefined };

  static getDerivedStateFromError(error: Error): Held {
    return { error };
  }

  override componentDidCatch(_error: Error, _info: ErrorInfo): void {
    // React has told the browser's own log already.
  }

  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}

function Broken({ error }: { readonly error: Error }) {
  const t = useText().shell;
  const reload = (
    <Button type="primary" onClick={() => window.location.reload()}>
      {t.reload}
    </Button>
  );
  return (
    <Notice title={t.broken} lead={t.brokenLead} action={reload}>
      <pre className="qc-code" style={{ marginBlockStart: 16, textAlign: 'start' }}>
        {error.message}
      </pre>
    </Notice>
  );
}
