import { useEffect, useState } from 'react';

/** False for the first picture of a component: what matters less than its first figures is drawn after them. */
export function useDrawn(): boolean {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setDrawn(true), 0);
    return () => window.clearTimeout(timer);
  }, []);
  return drawn;
}
