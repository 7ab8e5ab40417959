import type { ReactNode } from 'react';

/** A picture that needs a certain width: on a narrow screen it scrolls sideways, and the page does not. */
export function ScrollX({ width, children }: { readonly width: number; readonly children: ReactNode }) {
  return (
    <div className="qc-scroll-x">
      <div style={{ minWidth: width }}>{children}</div>
    </div>
  );
}
