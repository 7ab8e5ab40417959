import { Alert, Button, Card, Space } from 'antd';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useDestinationKinds, useDestinations, useMakingPush } from '../../../data/pushes.ts';
import { useText } from '../../../text/useText.ts';
import { sayError } from '../../../ui/Failed.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useUrlState } from '../../../url/urlState.ts';
import { type Draft, draftFrom, identifierKey, pushOf } from './draft.ts';
import { Limits } from './Limits.tsx';
import { WhoAndWhere } from './WhoAndWhere.tsx';
import { WizardSteps } from './WizardSteps.tsx';

export interface WizardPart {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** The making of a push, step by step; it is checked on its own page, and nothing is sent before that. */
export function Wizard() {
  const t = useText();
  const w = t.pushes.wizard;
  const [, go] = useLocation();
  const [url, set] = useUrlState({ step: 0, audience: '', destination: '', draft: {} as Partial<Draft> });
  const [draft, setDraft] = useState(() =>
    draftFrom(url.draft, { audience: url.audience, destination: url.destination }),
  );
  const making = useMakingPush();
  const isReady = useReady(draft);
  const change = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  const make = () => making.mutate(pushOf(draft), { onSuccess: ({ id }) => go(`/pushes?push=${id}`) });
  const step = isReady ? url.step : 0;
  return (
    <Page title={w.title} tools={<Link href="/pushes">← {t.pushes.back}</Link>}>
      <div className="qc-push-wizard">
        <WizardSteps current={step} />
        {making.error ? (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={sayError(making.error, t.ui)}
            style={{ marginBlockEnd: 12 }}
          />
        ) : null}
        <Card size="small">
          {step === 0 ? <WhoAndWhere draft={draft} onChange={change} /> : <Limits draft={draft} onChange={change} />}
          {step === 0 ? (
            <Button type="primary" disabled={!isReady} onClick={() => set({ step: 1 })}>
              {w.nextStep}
            </Button>
          ) : (
            <Space wrap>
              <Button onClick={() => set({ step: 0 })}>{w.previous}</Button>
              <Button type="primary" loading={making.isPending} onClick={make}>
                {w.make}
              </Button>
              <span className="qc-small qc-muted">{w.makeLead}</span>
            </Space>
          )}
        </Card>
      </div>
    </Page>
  );
}

/** Whether who and where are told; a destination that takes any type must be told which. */
function useReady({ name, audience, destination, identifiers }: Draft): boolean {
  const { data: places = [] } = useDestinations();
  const { data: kinds = [] } = useDestinationKinds();
  const kind = kinds.find(({ id }) => id === places.find((place) => place.name === destination)?.kind);
  const isNamed = name.trim() !== '' && audience !== '' && kind !== undefined;
  const isOpen = kind?.identifiers.some((key) => key.startsWith('*:')) ?? false;
  return isNamed && identifiers.every((key) => identifierKey.test(key)) && (!isOpen || identifiers.length > 0);
}
