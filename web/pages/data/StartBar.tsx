import { useMutation, useQueries } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form, Input, Switch } from 'antd';
import { useState } from 'react';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { planned } from './planned.ts';
import { type Sending, uploads } from './sending/uploadBook.ts';
import { readingOf, recognisedQuery, useIsWhole } from './useRecognised.ts';

interface StartBarProps {
  readonly list: readonly Sending[];
  readonly onStarted: (jobs: readonly number[]) => void;
}

interface Given {
  readonly source: string;
  readonly strict: boolean;
}

/** Files that were looked at and that nothing recognises; a mapping of one's own says what its file is. */
function useUnknown(list: readonly Sending[]): number {
  const guessed = list.filter(({ plan }) => plan.mapping === undefined);
  const looks = useQueries({
    queries: guessed.map((file) => recognisedQuery(file, JSON.stringify(readingOf(file.plan)))),
  });
  return looks.filter(({ data }) => data?.entity === null).length;
}

/** What the files come from, whether all or nothing of a file is taken, and the start. */
export function StartBar({ list, onStarted }: StartBarProps) {
  const t = useText();
  const s = t.data.start;
  const { message } = App.useApp();
  const [given, setGiven] = useState<Given>({ source: '', strict: false });
  const ready = list.filter(({ phase }) => phase === 'sent');
  const isBusy = list.some(({ phase }) => phase === 'sending' || phase === 'waiting' || phase === 'lost');
  const isWhole = useIsWhole();
  const lacking = ready.filter(({ plan }) => !isWhole(plan)).length;
  const unknown = useUnknown(ready);
  const starting = useMutation({
    mutationFn: () => startAll(ready, given),
    onSuccess: (jobs) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      onStarted(jobs);
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
  return (
    <Card size="small">
      {lacking > 0 ? <Alert type="warning" showIcon title={s.lacking(lacking)} style={{ marginBlockEnd: 12 }} /> : null}
      {unknown > 0 ? <Alert type="warning" showIcon title={s.unknown(unknown)} style={{ marginBlockEnd: 12 }} /> : null}
      <div className="qc-start">
        <Form.Item
          className="qc-start-source"
          label={s.source}
          extra={s.sourceLead}
          layout="vertical"
          style={{ margin: 0 }}
        >
          <Input
            aria-label={s.source}
            maxLength={64}
            placeholder={s.sourcePlaceholder}
            value={given.source}
            onChange={({ target }) => setGiven({ ...given, source: target.value })}
          />
        </Form.Item>
        <label htmlFor="import-strict" style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <Switch
            id="import-strict"
            checked={given.strict}
            onChange={(strict) => setGiven({ ...given, strict })}
            aria-label={s.strict}
          />
          {s.strict}
        </label>
        <Button
          type="primary"
          size="large"
          disabled={ready.length === 0 || isBusy || lacking > 0}
          loading={starting.isPending}
          title={isBusy ? s.uploading : ready.length === 0 ? s.nothing : ''}
          onClick={() => starting.mutate()}
        >
          {isBusy ? s.uploading : s.go(ready.length)}
        </Button>
      </div>
    </Card>
  );
}

/** One import for all files that are read the same way; files that are taken over leave the list. */
async function startAll(ready: readonly Sending[], { source, strict }: Given): Promise<number[]> {
  const jobs: number[] = [];
  for (const group of planned(ready)) {
    const body = {
      uploads: group.flatMap(({ upload }) => upload ?? []),
      ...readingOf(group[0]?.plan ?? {}),
      ...(source.trim() === '' ? {} : { source: source.trim() }),
      ...(strict ? { strict } : {}),
    };
    const job = await call<Job>('/api/imports', { method: 'POST', body });
    jobs.push(job.id);
    uploads.forget(group.map(({ key }) => key));
  }
  return jobs;
}
