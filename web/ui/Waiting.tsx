import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useText } from '../text/useText.ts';

/** Work shorter than this shows no sign of waiting. */
const MS_UNNOTICED = 300;

/** Whether something has been going on for longer than a reader overlooks. */
export function useLong(going: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!going) return;
    const timer = window.setTimeout(() => setLong(true), MS_UNNOTICED);
    return () => window.clearTimeout(timer);
  }, [going]);
  return going && long;
}

/** A thin bar that runs while something is worked out; it keeps its place, so that nothing jumps. */
export function Working({ going }: { readonly going: boolean }) {
  const t = useText().ui;
  const long = useLong(going);
  return (
    <div style={{ height: 2 }}>
      {long ? <div className="qc-progress" role="progressbar" aria-label={t.working} /> : null}
    </div>
  );
}

/** In place of what has not come yet: its outline, and after 0.3 s a bar that runs. */
export function Waiting({ height }: { readonly height?: number }) {
  return (
    <div style={{ minHeight: height ?? 160 }} aria-busy="true">
      <Working going />
      <Skeleton active={false} paragraph={{ rows: 3 }} style={{ padding: 12 }} />
    </div>
  );
}
