import { useMemo } from 'react';
import { useBehavior } from '../../ui/useBehavior.ts';

/** Tells why somebody moved: the behaviour that brought it, or what ended it. */
export function useReason(): (reason: string) => string {
  const behavior = useBehavior();
  return useMemo(() => (reason) => behavior(reason) ?? reason, [behavior]);
}
