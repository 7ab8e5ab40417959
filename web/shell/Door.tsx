import { lazy, Suspense, useEffect } from 'react';
import { useDataStateQuery } from '../data/answers.ts';
import { ApiError, isLoggedOut } from '../data/apiError.ts';
import { useSessionQuery } from '../data/session.ts';
import { Failed } from '../ui/Failed.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { returnToPlace } from './place.ts';
import { Shell } from './Shell.tsx';

const LogInPage = lazy(() => import('../pages/session/LogInPage.tsx').then((m) => ({ default: m.LogInPage })));
const FirstPasswordPage = lazy(() =>
  import('../pages/session/FirstPasswordPage.tsx').then((m) => ({ default: m.FirstPasswordPage })),
);

/** Who may come in: nobody without a session, nobody with a first password, and none before the data's state is known. */
export function Door() {
  const { data: session, error, refetch } = useSessionQuery();
  const loggedOut = isLoggedOut(error);
  if (loggedOut || (!session && error))
    return (
      <Suspense fallback={<Waiting />}>
        {loggedOut ? (
          <LogInPage expired={session !== undefined} />
        ) : (
          <Failed error={error} onRetry={() => void refetch()} />
        )}
      </Suspense>
    );
  if (!session) return <Waiting />;
  if (session.user.mustChangePassword)
    return (
      <Suspense fallback={<Waiting />}>
        <FirstPasswordPage />
      </Suspense>
    );
  return <WithData />;
}

function WithData() {
  useEffect(returnToPlace, []);
  const { data, error, refetch } = useDataStateQuery();
  if (data) return <Shell />;
  if (error instanceof ApiError && !isLoggedOut(error)) return <Failed error={error} onRetry={() => void refetch()} />;
  return <Waiting />;
}
