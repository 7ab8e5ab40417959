import { useSyncExternalStore } from 'react';

let asked: MediaQueryList | undefined;

/** Note: asked at the first use, for the table of pages is read outside a browser too. */
function narrow(): MediaQueryList {
  asked ??= window.matchMedia('(max-width: 767.98px)');
  return asked;
}

function subscribe(listener: () => void): () => void {
  const query = narrow();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the window is too narrow for a menu beside the page. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow().matches);
}
