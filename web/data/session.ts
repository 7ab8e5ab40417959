import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Permission } from '../../src/api/permissions.ts';
import type { SessionInfo, SignInWays } from '../../src/api/session.ts';
import { call, carry, forgetAnswers } from './client.ts';
import { queries } from './queries.ts';

const sessionKey = ['session'] as const;

async function readSession(signal?: AbortSignal): Promise<SessionInfo> {
  return begun(await call<SessionInfo>('/api/session', { signal }));
}

function begun(session: SessionInfo): SessionInfo {
  carry({ csrf: session.csrf });
  return session;
}

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => readSession(signal),
  staleTime: 300_000,
});

/** Who is logged in, as a query: the shell decides by it whether to show the log-in page. */
export function useSessionQuery() {
  return useQuery(sessionQuery);
}

/** Who is logged in. Call below the shell only, where somebody always is. */
export function useSession(): SessionInfo {
  const { data } = useSessionQuery();
  if (!data) throw new Error('useSession stands outside the shell: nobody has logged in.');
  return data;
}

/** Asks whether the caller may do something: `const can = useCan(); can('people')`. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}

export function useSignInWays() {
  return useQuery({ queryKey: ['ways'], queryFn: () => call<SignInWays>('/api/session/ways'), staleTime: Infinity });
}

export async function logIn(name: string, password: string): Promise<void> {
  const session = await call<SessionInfo>('/api/session', { method: 'POST', body: { name, password } });
  forgetAnswers();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'ways' && queryKey[0] !== 'session' });
  queries.setQueryData(sessionKey, begun(session));
}

/** Ends the session, and forgets all that was shown in it. */
export async function logOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE' });
  carry({ csrf: '' });
  forgetAnswers();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  await queries.invalidateQueries({ queryKey: sessionKey });
}

/** Changing the password ends every other session; this one goes on with what the answer gives. */
export async function changePassword(current: string, next: string): Promise<void> {
  const session = await call<SessionInfo>('/api/session/password', { method: 'POST', body: { current, next } });
  queries.setQueryData(sessionKey, begun(session));
}

/** Somebody's session has ended meanwhile: the shell then shows the log-in page in place. */
export function endSession(): void {
  void queries.invalidateQueries({ queryKey: sessionKey });
}
