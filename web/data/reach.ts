import { useSyncExternalStore } from 'react';

let reached = true;
const listeners = new Set<() => void>();

/** Told by every request: whether the server answered at all. */
export function reportReach(now: boolean): void {
  if (now === reached) return;
  reached = now;
  for (const each of listeners) each();
}

/** Whether the server could be reached the last time anything was asked. */
export function useReach(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => reached,
  );
}
