import { ApiError, isLoggedOut } from './apiError.ts';
import { queries } from './queries.ts';
import { endSession } from './session.ts';

/** Whether a fault says that the session is not the one this page began with. */
function isOver(error: unknown): boolean {
  return (
    isLoggedOut(error) || (error instanceof ApiError && (error.code === 'csrf' || error.code === 'password_change'))
  );
}

/** Whenever any question is refused for its session, that is asked for again: the shell shows the log-in page, or goes on with the new one. */
export function watchSession(): void {
  queries.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.queryKey[0] !== 'session' && isOver(query.state.error)) endSession();
  });
  queries.getMutationCache().subscribe(({ mutation }) => {
    if (isOver(mutation?.state.error)) endSession();
  });
}
