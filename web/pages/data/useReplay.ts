import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

/** Tries rejects again, as a job whose number is told. */
export function useReplay(onReplay: (job: number) => void) {
  const t = useText();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (body: object) => call<Job>('/api/rejects/replay', { method: 'POST', body }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      onReplay(id);
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
}
