import { lazy, type ReactNode, Suspense, useCallback } from 'react';
import { useLocale } from '../text/useText.ts';
import { useUrlState } from '../url/urlState.ts';
import { type Opening, OpeningContext } from './opening.ts';

const OpenDrawer = lazy(() => import('./drawer/OpenDrawer.tsx').then((m) => ({ default: m.OpenDrawer })));

const closed = { open: null as Opening | null, tab_open: 'people' };

/** Holds the one drawer of the console; what it shows is in the address. */
export function OpenHost({ children }: { readonly children: ReactNode }) {
  const locale = useLocale();
  const [state, set] = useUrlState(closed);
  const open = useCallback(
    (opening: Opening) => set({ open: { ...opening, lang: locale }, tab_open: 'people' }),
    [set, locale],
  );
  return (
    <OpeningContext value={open}>
      {children}
      {isOpening(state.open) ? (
        <Suspense>
          <OpenDrawer
            opening={state.open}
            tab={state.tab_open}
            onTab={(tab) => set({ tab_open: tab }, { replace: true })}
            onClose={() => set({ open: null, tab_open: 'people' })}
          />
        </Suspense>
      ) : null}
    </OpeningContext>
  );
}

/** An address may hold anything. */
function isOpening(value: Opening | null): value is Opening {
  return (
    value !== null && typeof value.analysis === 'string' && typeof value.params === 'object' && value.params !== null
  );
}
