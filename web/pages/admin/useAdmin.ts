import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import type { Ask } from '../../data/client.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface Change extends Ask {
  readonly path: string;
}

/** One change of accounts or keys; the list of `key` is then read again, and a fault is told. */
export function useAdminChange<T>(key: 'users' | 'keys', onDone: (answer: T) => void) {
  const t = useText();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ path, ...ask }: Change) => call<T>(path, ask),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: [key] });
      onDone(answer);
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
}
