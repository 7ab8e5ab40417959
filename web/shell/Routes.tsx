import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useCan } from '../data/session.ts';
import { moved, type PageEntry, pages } from '../pages.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Forbidden } from './Forbidden.tsx';
import { NotFound } from './NotFound.tsx';

const loaded = new Map(
  pages.map((entry) => [entry.id, lazy(() => entry.load().then((component) => ({ default: component })))]),
);

/** The page of the address; each has its own guard of permission and of faults. */
export function Routes() {
  return (
    <Switch>
      {pages.map((entry) => (
        <Route key={entry.id} path={entry.path}>
          <Guarded entry={entry} />
        </Route>
      ))}
      {Object.entries(moved).map(([from, to]) => (
        <Route key={from} path={from}>
          <Redirect to={to} replace />
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function Guarded({ entry }: { readonly entry: PageEntry }) {
  const can = useCan();
  const Shown = loaded.get(entry.id);
  if (!can(entry.permission)) return <Forbidden />;
  return (
    <ErrorBoundary>
      <Suspense fallback={<Waiting />}>{Shown ? <Shown /> : null}</Suspense>
    </ErrorBoundary>
  );
}
