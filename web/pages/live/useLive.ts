import { useMutation, useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import type { LiveSource, LiveState } from '../../../src/api/live.ts';
import { type Ask, call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

const EVERY_MS = 2000;

/** The collector as it stands, looked at every other second unless it is paused. */
export function useLiveState(paused: boolean) {
  return useQuery({
    queryKey: ['live', 'state'],
    queryFn: ({ signal }) => call<LiveState>('/api/live', { signal }),
    refetchInterval: paused ? false : EVERY_MS,
  });
}

export function useSources(paused: boolean) {
  return useQuery({
    queryKey: ['live', 'sources'],
    queryFn: ({ signal }) => call<readonly LiveSource[]>('/api/sources', { signal }),
    refetchInterval: paused ? false : EVERY_MS,
  });
}

interface Change extends Ask {
  readonly path: string;
}

/** One change of the sources; they are then read again, and a fault is told. */
export function useSourceChange<T>(onDone: (answer: T) => void) {
  const t = useText();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ path, ...ask }: Change) => call<T>(path, ask),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: ['live'] });
      onDone(answer);
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
}
